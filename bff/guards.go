package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/session"
)

// guards are those that the operations name.
type guards struct{ session, access, key, registry guard }

func newGuards(sessions *session.Service, web webSession, gate RegistryGate) guards {
	return guards{
		session:  sessionGuard(sessions, web),
		access:   guard{codes: []string{problem.AccessRequired}, check: checkAccess},
		key:      keyGuard(),
		registry: registryGuard(gate),
	}
}

// checkAccess requires a live grant (R3). The statements that follow join it
// again, because it may end in between.
func checkAccess(_ *gin.Context, c *call) error {
	if c.session.Grant == nil {
		return problem.Reject(problem.AccessRequired)
	}
	return nil
}
