package bff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"renzheng/strictjson"
)

// Rules that the contract's schemas check. Public, like those of identity.
const (
	ruleUnknownMember    = "unknown_member"
	ruleUnknownParameter = "unknown_parameter"
	ruleRequired         = "required"
	ruleOther            = "invalid"
)

// maxListed bounds what one problem lists: an answer is not many times as long
// as the request that it refuses.
const maxListed = 32

// rulesByMessage names the rule behind each message of huma, by its beginning;
// the longer beginning comes first.
// The messages themselves are not passed on: some hold the refused value.
func rulesByMessage() []ruleMessage {
	return []ruleMessage{
		{validation.MsgUnexpectedProperty, ruleUnknownMember},
		{"unknown query parameter", ruleUnknownParameter},
		{"required", ruleRequired},
		{validation.MsgExpectedRequiredProperty, ruleRequired},
		{validation.MsgExpectedOneOf, "enum"},
		{validation.MsgExpectedMinLength, "min_length"},
		{validation.MsgExpectedMaxLength, "max_length"},
		{validation.MsgExpectedMatchPattern, "pattern"},
		{validation.MsgExpectedBePattern, "pattern"},
		{validation.MsgExpectedMinimumNumber, "minimum"},
		{validation.MsgExpectedMaximumNumber, "maximum"},
		{validation.MsgExpectedMinItems, "min_items"},
		{validation.MsgExpectedMaxItems, "max_items"},
		{validation.MsgExpectedString, "type"},
		{validation.MsgExpectedInteger, "type"},
		{validation.MsgExpectedNumber, "type"},
		{validation.MsgExpectedBoolean, "type"},
		{validation.MsgExpectedArray, "type"},
		{validation.MsgExpectedObject, "type"},
		{"invalid ", "type"}, // a parameter that does not read as its type
	}
}

// ruleMessage is a message up to its first verb.
type ruleMessage struct{ message, rule string }

func (r ruleMessage) matches(message string) bool {
	start, _, _ := strings.Cut(r.message, "%")
	return strings.HasPrefix(message, start)
}

// replaceErrors puts our problem in the place of what huma would say.
func (a *API) replaceErrors(ctx huma.Context, _ string, body any) (any, error) {
	said, isError := body.(*huma.ErrorModel)
	if !isError {
		return body, nil
	}
	return a.said(callOf(ctx.Context()), said), nil
}

// said translates an answer of huma's own.
func (a *API) said(c *call, model *huma.ErrorModel) *problem {
	switch model.Status {
	case http.StatusUnprocessableEntity:
		listed := model.Errors[:min(len(model.Errors), maxListed)]
		values := make([]invalidValue, 0, len(listed))
		for _, detail := range listed {
			values = append(values, a.broken(detail))
		}
		return c.note(a.invalid(c, values...))
	case http.StatusBadRequest:
		p := a.newProblem(c, codeBodyMalformed)
		for _, detail := range model.Errors {
			p.Errors = append(p.Errors, invalidValue{Rule: malformedRule(detail.Message)})
		}
		return c.note(p)
	}
	c.cause = errors.New("huma gave up a request with status " + http.StatusText(model.Status))
	return c.note(a.newProblem(c, codeInternal))
}

// malformedRule lets through the rules that bodyRule returns only.
func malformedRule(message string) string {
	for _, rule := range []strictjson.Rule{
		strictjson.UTF8, strictjson.LoneSurrogate, strictjson.NUL, strictjson.Duplicate, strictjson.Depth, strictjson.Trailing, ruleBodyMissing,
	} {
		if message == string(rule) {
			return message
		}
	}
	return string(strictjson.Syntax)
}

// broken translates one validation error.
func (a *API) broken(detail *huma.ErrorDetail) invalidValue {
	rule := ruleOther
	for _, known := range a.rules {
		if known.matches(detail.Message) {
			rule = known.rule
			break
		}
	}
	place, name, _ := strings.Cut(detail.Location, ".")
	if place != "body" {
		if rule == ruleUnknownParameter {
			name = "" // the client's own word
		}
		return invalidValue{Parameter: name, Rule: rule}
	}
	return invalidValue{Pointer: bodyPointer(detail, rule), Rule: rule}
}

// bodyPointer turns "body.signers[0].document.number" into a JSON pointer. The
// last name of an unknown member is the client's and is left out.
func bodyPointer(detail *huma.ErrorDetail, rule string) string {
	location := strings.TrimPrefix(detail.Location, "body")
	if rule == ruleUnknownMember {
		location, _, _ = strings.Cut(location, "."+strictjson.Foreign)
		if strings.Count(detail.Location, strictjson.Foreign) == 0 {
			location = location[:max(0, strings.LastIndexByte(location, '.'))]
		}
	}
	if rule == ruleRequired {
		rest, _ := strings.CutPrefix(detail.Message, "expected required property ")
		name, _, _ := strings.Cut(rest, " ")
		location += "." + name
	}
	return strings.NewReplacer("[", "/", "]", "", ".", "/").Replace(location)
}
