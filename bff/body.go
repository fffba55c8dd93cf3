package bff

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/strictjson"
)

// Largest bodies. A person's client sends a form. A registry sends a case with up
// to 600 signers of three kilobytes each, or with a long content for all of them.
const (
	formBytes = 64 << 10
	pushBytes = 2 << 20
)

// Rules that a body breaks as a whole, besides those of strictjson.
const (
	ruleBodyMissing     = "body_missing"
	ruleBodyNotExpected = "body_not_expected"
)

// withBody reads the whole body before anything looks into it: the registry's
// signature and the idempotency key cover its bytes.
func withBody(limit int64) guard {
	return guard{
		"",
		[]string{problem.BodyMalformed, problem.BodyTooLarge, problem.ContentType, problem.ContentEncoding},
		func(g *gin.Context, c *call) error { return readBody(g, c, limit) },
	}
}

// withRawBody reads a body that is not JSON. Its declared media type is ignored.
func withRawBody(limit int64) guard {
	return guard{
		"",
		[]string{problem.BodyMalformed, problem.BodyTooLarge, problem.ContentEncoding},
		func(g *gin.Context, c *call) error {
			body, err := wholeBody(g.Request, limit)
			c.body = body
			return err
		},
	}
}

// withoutBody rejects a body of an operation that reads none, because its content
// would be ignored.
func withoutBody() guard {
	return guard{"", []string{problem.BodyMalformed}, func(g *gin.Context, c *call) error {
		if r := g.Request; r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
			return nil
		}
		if n, _ := io.ReadFull(g.Request.Body, make([]byte, 1)); n > 0 {
			return malformed(ruleBodyNotExpected)
		}
		return nil
	}}
}

func readBody(g *gin.Context, c *call, limit int64) error {
	r := g.Request
	body, err := wholeBody(r, limit)
	if err != nil {
		return err
	}
	if !isJSON(r.Header) {
		return problem.Reject(problem.ContentType)
	}
	c.body = body
	r.Body = io.NopCloser(bytes.NewReader(c.body))
	return nil
}

// wholeBody reads a body that has something in it, up to a limit.
func wholeBody(r *http.Request, limit int64) ([]byte, error) {
	if !isIdentity(r.Header) {
		return nil, problem.Reject(problem.ContentEncoding)
	}
	if r.ContentLength > limit {
		return nil, problem.Reject(problem.BodyTooLarge)
	}
	var buffer bytes.Buffer
	if r.ContentLength > 0 {
		// What is announced and never sent must cost little; the spare spares a copy at the end.
		buffer.Grow(int(min(r.ContentLength, formBytes)) + bytes.MinRead)
	}
	n, err := buffer.ReadFrom(io.LimitReader(r.Body, limit+1))
	switch {
	case n > limit:
		return nil, problem.Reject(problem.BodyTooLarge)
	case err != nil:
		return nil, brokenOff(err)
	case n == 0:
		return nil, malformed(ruleBodyMissing)
	}
	return buffer.Bytes(), nil
}

// brokenOff is a body that did not arrive: the client has left, or is so slow
// that its time is up.
func brokenOff(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return malformed(string(strictjson.Syntax))
	}
	return problem.Reject(problem.ClientGone)
}

func malformed(rule string) error {
	return problem.Reject(problem.BodyMalformed, problem.InvalidValue{Rule: rule})
}

// bodyRule returns the rule that a body breaks by which it cannot be read.
func bodyRule(err error) string {
	rule := strictjson.RuleOf(err)
	if rule == strictjson.Empty {
		return ruleBodyMissing
	}
	return string(rule)
}
