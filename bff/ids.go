package bff

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

const maxIDText = 64 // R19; our own have 36

// Alphabets of names.
const (
	lower   = "abcdefghijklmnopqrstuvwxyz"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + lower
	digits  = "0123456789"
)

// withNames answers not_found to an id that nothing can have. A PUT creates what it
// names, so its id is checked by the contract, which reports the rule.
func withNames() guard {
	return guard{"", []string{problem.NotFound}, func(g *gin.Context, _ *call) error {
		for _, p := range g.Params {
			if g.Request.Method != http.MethodPut && !wellFormedName(p.Value) {
				return problem.Reject(problem.NotFound)
			}
		}
		return nil
	}}
}

// wellFormedName reports whether an id is [A-Za-z0-9._-]{1,64}.
func wellFormedName(id string) bool {
	return id != "" && len(id) <= maxIDText && strings.Trim(id, letters+digits+"._-") == ""
}

// Identified is the input of operations on one resource.
type Identified struct {
	ID string `path:"id" doc:"Opaque." minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$"`
}
