package bff

import (
	"context"
	"slices"

	"renzheng/bff/problem"
	"renzheng/verification"
	"renzheng/verification/failure"
)

type failuresBody struct {
	Failures []problem.Failure `json:"failures" nullable:"false"`
}

type failuresOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         failuresBody
}

func (*handlers) listFailures(ctx context.Context, _ *struct{}) (*failuresOutput, error) {
	anybody := circumstances{language: callOf(ctx).language}
	body := failuresBody{}
	for _, entry := range failure.Catalogue() {
		body.Failures = append(body.Failures, failureOf(entry, anybody))
	}
	return &failuresOutput{CacheControl: cacheable, Body: body}, nil
}

// explain returns the failure of a code, or nil if code is empty. It omits the
// remedy "another method" if there is no other method.
func explain(verifications *verification.Service, code failure.Code, c circumstances) *problem.Failure {
	if code == "" {
		return nil
	}
	body := failureOf(failure.Lookup(code), c)
	if !verifications.OtherMethod(c.channel, c.document) {
		body.Remedies = slices.DeleteFunc(body.Remedies, func(r problem.Remedy) bool { return r.Kind == string(failure.OtherMethod) })
	}
	body.Note = c.note.For(c.language)
	return &body
}

func failureOf(entry failure.Entry, c circumstances) problem.Failure {
	body := problem.Failure{
		Code: string(entry.Code), Kind: string(entry.Kind), Prompt: entry.Prompt.For(c.language),
		Cause: entry.Cause.For(c.language), Remedies: make([]problem.Remedy, len(entry.Remedies)),
		Retryable: entry.Retryable, Counted: entry.Counted,
	}
	for i, r := range entry.Remedies {
		remedy := problem.Remedy{Kind: string(r.Kind), Text: r.Text.For(c.language)}
		if r.Kind == failure.RetryLater {
			remedy.NotBefore = when(c.notBefore)
		}
		if r.Kind == failure.ServiceWindow {
			remedy.SlipCode = c.slipCode
		}
		body.Remedies[i] = remedy
	}
	return body
}
