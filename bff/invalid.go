package bff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/bff/problem"
	"renzheng/strictjson"
)

// replaceErrors replaces huma's errors by problem documents. huma decides whether a
// request fits the contract. Its messages may contain the rejected value, so they
// are never read: the rules that are broken are found again from the schemas.
func (p problems) replaceErrors(ctx huma.Context, _ string, body any) (any, error) {
	model, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	c := callOf(ctx.Context())
	switch model.Status {
	case http.StatusUnprocessableEntity:
		return p.of(c, problem.Invalid(p.invalidValues(ctx.Operation(), c.body, model.Errors)...)), nil
	case http.StatusBadRequest:
		return p.of(c, malformed(malformedRule(c.body))), nil
	}
	c.cause = errors.New("huma rejected a request with status " + http.StatusText(model.Status))
	return p.document(c, problem.Internal), nil
}

// malformedRule returns the rule by which a body cannot be read.
func malformedRule(body []byte) string {
	if _, err := strictjson.Parse(body); err != nil {
		return bodyRule(err)
	}
	return string(strictjson.Syntax)
}

// invalidValues returns why a request does not fit an operation.
func (p problems) invalidValues(op *huma.Operation, body []byte, rejected []*huma.ErrorDetail) []problem.InvalidValue {
	schemas := schemaReader{p.schemas}
	var values []problem.InvalidValue
	for _, detail := range rejected {
		if place, name, _ := strings.Cut(detail.Location, "."); place != "body" {
			values = append(values, schemas.parameter(op, place, name, detail.Value))
		}
	}
	if len(body) > 0 && op.RequestBody != nil {
		if document, err := strictjson.Parse(body); err == nil {
			values = schemas.appendBroken(values, "", op.RequestBody.Content[jsonType].Schema, document)
		}
	}
	if len(values) == 0 {
		values = []problem.InvalidValue{{Rule: ruleOther}}
	}
	return values[:min(len(values), maxListed)]
}
