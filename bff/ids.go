package bff

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const maxIDText = 64 // R19; our own have 36

// withNames answers that nothing is there for a name that nothing can have. In
// a PUT, which makes what it names, the contract says what is wrong with it.
func withNames() guard {
	return guard{"", []string{codeNotFound}, func(a *API, g *gin.Context, c *call) error {
		for _, p := range g.Params {
			if g.Request.Method != http.MethodPut && !wellFormedName(p.Value) {
				return a.newProblem(c, codeNotFound)
			}
		}
		return nil
	}}
}

// wellFormedName tells whether an id is [A-Za-z0-9._-]{1,64}.
func wellFormedName(id string) bool {
	if id == "" || len(id) > maxIDText {
		return false
	}
	for _, c := range []byte(id) {
		if !('A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}
