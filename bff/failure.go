package bff

import (
	"context"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// failureBody is an entry of the catalogue of failures.
type failureBody struct {
	Code      string       `json:"code" doc:"Stable name; further ones may be added." example:"face_quality"`
	Kind      string       `json:"kind" doc:"identity, account, guardian, document, face, card, client, technical, limit or route; for clients that do not know the code." example:"face"`
	Prompt    string       `json:"prompt" doc:"The headline to show."`
	Cause     string       `json:"cause" doc:"Possible reasons."`
	Remedies  []remedyBody `json:"remedies" nullable:"false" doc:"What to do, in the order to try it."`
	Retryable bool         `json:"retryable" doc:"The same step may pass when it is repeated."`
	Counted   bool         `json:"counted" doc:"It uses up a try."`
	Note      string       `json:"note,omitempty" doc:"check_switched_off: what the operator says of it, plain text to show beside the prompt."`
}

type remedyBody struct {
	Kind      string     `json:"kind" doc:"Stable name; further ones may be added." example:"retry_better_light"`
	Text      string     `json:"text"`
	NotBefore *time.Time `json:"not_before,omitempty" doc:"retry_later: it helps from then on."`
	SlipCode  string     `json:"slip_code,omitempty" doc:"service_window: what to print, with code and prompt of the failure and the time, for the clerk and for support. It holds nothing personal. Absent in the list of all failures." example:"7K2M-93QF"`
}

type failuresBody struct {
	Failures []failureBody `json:"failures" nullable:"false"`
}

type failuresOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         failuresBody
}

func (*API) listFailures(ctx context.Context, _ *struct{}) (*failuresOutput, error) {
	everybody := occasion{language: callOf(ctx).language}
	body := failuresBody{}
	for _, entry := range failure.Catalogue() {
		body.Failures = append(body.Failures, failureOf(entry, everybody))
	}
	return &failuresOutput{CacheControl: cacheable, Body: body}, nil
}

// failure gives the entry of a code, nil for no code. It sends nobody another way
// where there is none.
func (a *API) failure(code failure.Code, o occasion) *failureBody {
	if code == "" {
		return nil
	}
	body := failureOf(failure.Lookup(code), o)
	if !a.deps.Verifications.OtherMethod(o.channel, o.document) {
		body.Remedies = slices.DeleteFunc(body.Remedies, func(r remedyBody) bool { return r.Kind == string(failure.OtherMethod) })
	}
	return &body
}

// noted adds the operator's words.
func (b *failureBody) noted(words identity.Text, o occasion) *failureBody {
	if b != nil {
		b.Note = words.For(o.language)
	}
	return b
}

func failureOf(entry failure.Entry, o occasion) failureBody {
	body := failureBody{
		Code: string(entry.Code), Kind: string(entry.Kind), Prompt: entry.Prompt.For(o.language),
		Cause: entry.Cause.For(o.language), Remedies: make([]remedyBody, len(entry.Remedies)),
		Retryable: entry.Retryable, Counted: entry.Counted,
	}
	for i, r := range entry.Remedies {
		remedy := remedyBody{Kind: string(r.Kind), Text: r.Text.For(o.language)}
		if r.Kind == failure.RetryLater {
			remedy.NotBefore = when(o.notBefore)
		}
		if r.Kind == failure.ServiceWindow {
			remedy.SlipCode = o.slip
		}
		body.Remedies[i] = remedy
	}
	return body
}
