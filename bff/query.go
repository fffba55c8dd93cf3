package bff

import (
	"net/url"

	"github.com/gin-gonic/gin"
)

// Rules that the query of an address can break before its parameters are looked at.
const (
	ruleQuerySyntax       = "query_syntax"       // not pairs of percent-encoded texts
	ruleRepeatedParameter = "repeated_parameter" // two values of one name
)

// withQuery rejects a query of which two readers may take different values: one
// takes the first value of a name, another one the last.
func withQuery() guard {
	return guard{"", nil, func(a *API, g *gin.Context, c *call) error {
		query, err := url.ParseQuery(g.Request.URL.RawQuery)
		if err != nil {
			return a.invalid(c, invalidValue{Rule: ruleQuerySyntax})
		}
		for _, values := range query {
			if len(values) > 1 {
				return a.invalid(c, invalidValue{Rule: ruleRepeatedParameter})
			}
		}
		return nil
	}}
}
