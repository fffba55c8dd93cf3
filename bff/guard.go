package bff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/session"
	"renzheng/todo"
)

// RegistryGate decides whether a signed request is a registry's (R25).
type RegistryGate interface {
	// Check returns the id of the registry that signed the request with this body.
	// Errors: *todo.RequestRefusal. Check is not idempotent: it uses up the nonce.
	Check(r *http.Request, body []byte) (registryID string, err error)
}

// guard runs before a handler. It fills in the call or rejects the request.
type guard struct {
	scheme string   // its security scheme in the contract; "" if it has none
	codes  []string // codes of the problems that it can answer with
	check  func(g *gin.Context, c *call) error
}

// guards are those that the operations name.
type guards struct{ session, access, key, registry guard }

func newGuards(d Deps, web webSession) guards {
	return guards{
		session:  sessionGuard(d.Sessions, web),
		access:   guard{codes: []string{problem.AccessRequired}, check: checkAccess},
		key:      guard{codes: []string{problem.KeyRequired, problem.KeyReused, problem.KeyRunning}, check: checkKey},
		registry: registryGuard(d.Gate),
	}
}

// sessionGuard finds the session of the bearer token or of the browser's cookie.
// Clients cannot distinguish unknown, expired and malformed tokens.
func sessionGuard(sessions *session.Service, web webSession) guard {
	check := func(g *gin.Context, c *call) error {
		token, err := sessionToken(g.Request, web)
		if err != nil {
			return problem.Reject(problem.CrossSite)
		}
		if token == "" {
			return problem.Reject(problem.SessionRequired)
		}
		authenticated, err := sessions.Authenticate(g.Request.Context(), token)
		if errors.Is(err, session.ErrNotFound) {
			return problem.Reject(problem.SessionRequired)
		}
		if err != nil {
			return err
		}
		c.session = authenticated
		return nil
	}
	return guard{scheme: "session", codes: []string{problem.SessionRequired, problem.CrossSite}, check: check}
}

// sessionToken returns the token of a request, or "". The cookie is read only if
// there is no Authorization header.
func sessionToken(r *http.Request, web webSession) (string, error) {
	credentials, ok := single(r.Header, "Authorization")
	scheme, token, _ := strings.Cut(credentials, " ")
	switch {
	case ok && scheme == "":
		return web.token(r)
	case !strings.EqualFold(scheme, "Bearer"):
		return "", nil
	}
	return strings.Trim(token, " "), nil // one or more spaces separate it (RFC 9110 §11.4)
}

// checkAccess requires a live grant (R3). The statements that follow join it
// again, because it may end in between.
func checkAccess(_ *gin.Context, c *call) error {
	if c.session.Grant == nil {
		return problem.Reject(problem.AccessRequired)
	}
	return nil
}

// registryGuard accepts signed requests only.
func registryGuard(gate RegistryGate) guard {
	codes := []string{
		todo.SignatureMissing, todo.SignatureInvalid, todo.SignatureStale, todo.SignatureFuture, todo.SignatureReplay,
		todo.KeyUnknown, todo.DigestMismatch,
	}
	check := func(g *gin.Context, c *call) (err error) {
		c.registry, err = gate.Check(g.Request, c.body)
		return err
	}
	return guard{scheme: "registry", codes: codes, check: check}
}
