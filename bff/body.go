package bff

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

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
		[]string{codeBodyMalformed, codeBodyTooLarge, codeContentType, codeContentEncoding},
		func(a *API, g *gin.Context, c *call) error { return a.readBody(g, c, limit) },
	}
}

// withRawBody reads a body that is not JSON, whatever its type says.
func withRawBody(limit int64) guard {
	return guard{
		"",
		[]string{codeBodyMalformed, codeBodyTooLarge, codeContentEncoding},
		func(a *API, g *gin.Context, c *call) error {
			body, err := a.wholeBody(g.Request, c, limit)
			c.body = body
			return err
		},
	}
}

// withoutBody refuses a body where none is read: what it says would be lost.
func withoutBody() guard {
	return guard{"", []string{codeBodyMalformed}, func(a *API, g *gin.Context, c *call) error {
		if r := g.Request; r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
			return nil
		}
		if n, _ := io.ReadFull(g.Request.Body, make([]byte, 1)); n > 0 {
			return a.malformed(c, ruleBodyNotExpected)
		}
		return nil
	}}
}

func (a *API) readBody(g *gin.Context, c *call, limit int64) error {
	r := g.Request
	body, err := a.wholeBody(r, c, limit)
	if err != nil {
		return err
	}
	if !isJSON(r.Header) {
		return a.newProblem(c, codeContentType)
	}
	c.body = body
	r.Body = io.NopCloser(bytes.NewReader(c.body))
	return nil
}

// wholeBody reads a body that has something in it, up to a limit.
func (a *API) wholeBody(r *http.Request, c *call, limit int64) ([]byte, error) {
	if !isIdentity(r.Header) {
		return nil, a.newProblem(c, codeContentEncoding)
	}
	if r.ContentLength > limit {
		return nil, a.newProblem(c, codeBodyTooLarge)
	}
	var buffer bytes.Buffer
	if r.ContentLength > 0 {
		// What is announced and never sent must cost little; the spare spares a copy at the end.
		buffer.Grow(int(min(r.ContentLength, formBytes)) + bytes.MinRead)
	}
	n, err := buffer.ReadFrom(io.LimitReader(r.Body, limit+1))
	switch {
	case n > limit:
		return nil, a.newProblem(c, codeBodyTooLarge)
	case err != nil:
		return nil, a.brokenOff(c, err)
	case n == 0:
		return nil, a.malformed(c, ruleBodyMissing)
	}
	return buffer.Bytes(), nil
}

// brokenOff is a body that did not arrive: the client has left, or is so slow
// that its time is up.
func (a *API) brokenOff(c *call, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return a.malformed(c, string(strictjson.Syntax))
	}
	return a.newProblem(c, codeClientGone)
}

func (a *API) malformed(c *call, rule string) *problem {
	p := a.newProblem(c, codeBodyMalformed)
	p.Errors = []invalidValue{{Rule: rule}}
	return p
}

// bodyRule returns the rule that a body breaks by which it cannot be read.
func bodyRule(err error) string {
	rule := strictjson.RuleOf(err)
	if rule == strictjson.Empty {
		return ruleBodyMissing
	}
	return string(rule)
}
