package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/session"
)

// guard runs before a handler. It fills in the call or rejects the request.
type guard struct {
	scheme string   // its security scheme in the contract; "" if it has none
	codes  []string // codes of the problems that it can answer with
	check  func(g *gin.Context, c *call) error
}

// guards are those that the operations name; guard_session.go, guard_access.go, guard_key.go and guard_registry.go have
// one each.
type guards struct{ session, access, key, registry guard }

func newGuards(sessions *session.Service, web webSession, verifier RegistryVerifier) guards {
	return guards{
		session:  sessionGuard(sessions, web),
		access:   accessGuard(),
		key:      keyGuard(),
		registry: registryGuard(verifier),
	}
}
