package bff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/session"
)

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
