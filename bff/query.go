package bff

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

// Rules that a query string can break before its parameters are read.
const (
	ruleQuerySyntax       = "query_syntax"       // not percent-encoded pairs
	ruleRepeatedParameter = "repeated_parameter" // a name with two values
)

// withQuery rejects a query with a repeated name: one reader takes the first value
// and another one the last.
func withQuery() guard {
	return guard{"", nil, func(g *gin.Context, _ *call) error {
		query, err := url.ParseQuery(g.Request.URL.RawQuery)
		if err != nil {
			return problem.Invalid(problem.InvalidValue{Rule: ruleQuerySyntax})
		}
		for _, values := range query {
			if len(values) > 1 {
				return problem.Invalid(problem.InvalidValue{Rule: ruleRepeatedParameter})
			}
		}
		return nil
	}}
}
