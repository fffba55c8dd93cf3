package bff

import (
	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

func keyGuard() guard {
	return guard{codes: []string{problem.KeyRequired, problem.KeyReused, problem.KeyRunning}, check: checkKey}
}

// checkKey requires a well-formed key.
func checkKey(g *gin.Context, c *call) error {
	key, _ := single(g.Request.Header, keyHeader)
	if len(key) < minKey || len(key) > maxKey || !visible(key) {
		return problem.Reject(problem.KeyRequired)
	}
	c.key = key
	return nil
}

func visible(s string) bool {
	for _, b := range []byte(s) {
		if b < '!' || b > '~' {
			return false
		}
	}
	return true
}
