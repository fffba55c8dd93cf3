package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

func accessGuard() guard {
	return guard{codes: []string{problem.AccessRequired}, check: checkAccess}
}

// checkAccess requires a live grant (R3). The statements that follow join it
// again, because it may end in between.
func checkAccess(_ *gin.Context, c *call) error {
	if c.session.Grant == nil {
		return problem.Reject(problem.AccessRequired)
	}
	return nil
}
