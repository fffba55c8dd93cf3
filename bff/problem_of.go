package bff

import (
	"errors"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/bff/problem"
	"renzheng/verification"
)

// problems turns errors into the documents that clients get. It is the only place
// where that is decided.
type problems struct {
	table         problem.Table
	schemas       huma.Registry // of the contract, to explain why a request does not fit it
	verifications *verification.Service
	away          func(error) bool // see Deps.Away
	sandbox       bool
}

// of returns the document of an error, and notes its failure for the access log.
func (p problems) of(c *call, err error) *problem.Document {
	document := p.documentOf(c, err)
	if document.Failure != nil {
		c.failure = document.Failure.Code
	}
	return document
}

// documentOf returns the document of an error. An error that is not known here goes to the
// log only; the client learns nothing about it.
func (p problems) documentOf(c *call, err error) *problem.Document {
	for _, recognise := range [...]func(*call, error) *problem.Document{
		p.ofRejection, p.ofState, p.ofConsent, p.ofFailure, p.ofAnswer, p.ofRequest, p.ofSupport, p.ofMaterial, p.ofLater, p.ofCode, p.ofTime, p.ofStore,
	} {
		if document := recognise(c, err); document != nil {
			return document
		}
	}
	if code, ok := problem.CodeOf(err); ok {
		return p.document(c, code)
	}
	c.cause = err
	return p.document(c, problem.Internal)
}

// document returns the document of a code, and notes the code for the access log.
func (p problems) document(c *call, code string) *problem.Document {
	document, ok := p.table.Document(code, c.language)
	if !ok {
		c.cause = errors.New("no problem has the code " + code)
	}
	c.code = document.Code
	document.RequestID = c.id
	document.Failure = explain(p.verifications, failureOfProblem(c, document.Code), c.circumstances(time.Time{}))
	return document
}

// ofRejection handles the errors of guards and handlers.
func (p problems) ofRejection(c *call, err error) *problem.Document {
	var rejection *problem.Error
	if !errors.As(err, &rejection) {
		return nil
	}
	document := p.document(c, rejection.Code)
	document.Errors = rejection.Values
	for _, value := range rejection.Values {
		if document.Failure == nil && rejection.Code == problem.ValuesInvalid {
			document.Failure = explain(p.verifications, failureOfRule(c, value.Rule), c.circumstances(time.Time{}))
		}
	}
	return document
}
