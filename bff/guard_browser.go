package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

// browserGuard accepts requests of this server's own pages only, for calls that sign a browser in: otherwise another page could sign a
// person in to an account of its own.
func browserGuard(web webSession) guard {
	check := func(g *gin.Context, _ *call) error {
		if !web.isOurs(g.Request) {
			return problem.Reject(problem.CrossSite)
		}
		return nil
	}
	return guard{codes: []string{problem.CrossSite}, check: check}
}
