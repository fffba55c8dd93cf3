package bff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"renzheng/session"
)

// RegistryGate decides whether a signed request is a registry's (R25).
type RegistryGate interface {
	// Check gives the id of the registry that signed the request with this body.
	// Errors: *todo.RequestRefusal. Single use: it spends the request's nonce.
	Check(r *http.Request, body []byte) (registryID string, err error)
}

// guard stands before a handler. It fills in the call or answers with the
// problem it returns.
type guard struct {
	name  string   // its security scheme in the contract, "" where it is none
	codes []string // the problems it answers with
	check func(a *API, g *gin.Context, c *call) error
}

// The guards, in the order in which calls name them.
func withSession() guard {
	return guard{"session", []string{codeSessionRequired, codeCrossSite}, (*API).checkSession}
}

func withAccess() guard {
	return guard{"", []string{codeAccessRequired}, checkAccess}
}

func withKey() guard {
	return guard{"", []string{codeKeyRequired, codeKeyReused, codeKeyRunning}, checkKey}
}

func withRegistry() guard {
	return guard{"registry", signatureCodes(), (*API).checkRegistry}
}

// stand turns a guard into a step of huma's.
func (a *API) stand(g guard) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		request := humagin.Unwrap(ctx)
		c := callOf(ctx.Context())
		if err := g.check(a, request, c); err != nil {
			a.abort(request, a.problemOf(c, err))
			return
		}
		next(ctx)
	}
}

// checkSession finds the session of the bearer token. A token that is unknown,
// spent or malformed is the same to the client.
func (a *API) checkSession(g *gin.Context, c *call) error {
	credentials, ok := single(g.Request.Header, "Authorization")
	scheme, token, _ := strings.Cut(credentials, " ")
	token = strings.Trim(token, " ") // one or more spaces separate it (RFC 9110 §11.4)
	if ok && scheme == "" {
		var crossed error
		if token, crossed = a.webToken(g.Request); crossed != nil {
			return a.newProblem(c, codeCrossSite)
		}
		scheme = "Bearer"
	}
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return a.newProblem(c, codeSessionRequired)
	}
	found, err := a.deps.Sessions.Authenticate(g.Request.Context(), token)
	if errors.Is(err, session.ErrNotFound) {
		return a.newProblem(c, codeSessionRequired)
	}
	if err != nil {
		return err
	}
	c.session = found
	return nil
}

// checkAccess wants a live grant (R3). The statements that follow join it
// again: it may end in between.
func checkAccess(a *API, _ *gin.Context, c *call) error {
	if c.session.Grant == nil {
		return a.newProblem(c, codeAccessRequired)
	}
	return nil
}

// checkRegistry believes a request only by its signature.
func (a *API) checkRegistry(g *gin.Context, c *call) error {
	id, err := a.deps.Gate.Check(g.Request, c.body)
	if err != nil {
		return err
	}
	c.registry = id
	return nil
}
