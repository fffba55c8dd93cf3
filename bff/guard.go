package bff

import (
	"github.com/gin-gonic/gin"
)

// guard runs before a handler. It fills in the call or rejects the request.
type guard struct {
	scheme string   // its security scheme in the contract; "" if it has none
	codes  []string // codes of the problems that it can answer with
	check  func(g *gin.Context, c *call) error
}
