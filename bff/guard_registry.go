package bff

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"renzheng/todo"
)

// RegistryVerifier decides whether a signed request is a registry's (R25).
type RegistryVerifier interface {
	// Check returns the id of the registry that signed the request with this body.
	// Errors: *todo.RequestError. Check is not idempotent: it uses up the nonce.
	Check(r *http.Request, body []byte) (registryID string, err error)
}

// registryGuard accepts signed requests only.
func registryGuard(verifier RegistryVerifier) guard {
	codes := []string{
		todo.SignatureMissing, todo.SignatureInvalid, todo.SignatureStale, todo.SignatureFuture, todo.SignatureReplay,
		todo.KeyUnknown, todo.KeyExpired, todo.DigestMismatch,
	}
	check := func(g *gin.Context, c *call) (err error) {
		c.registry, err = verifier.Check(g.Request, c.body)
		return err
	}
	return guard{scheme: "registry", codes: codes, check: check}
}
