package bff

import (
	"context"

	"renzheng/verification"
)

// failureBody is an entry of the catalogue of failures.
type failureBody struct {
	Code      string       `json:"code" doc:"Stable name; further ones may be added." example:"face_quality"`
	Kind      string       `json:"kind" doc:"identity, account, guardian, face, card, technical, limit or route; for clients that do not know the code." example:"face"`
	Prompt    string       `json:"prompt" doc:"The headline to show."`
	Cause     string       `json:"cause" doc:"What may be behind it."`
	Remedies  []remedyBody `json:"remedies" nullable:"false" doc:"What to do, in the order to try it."`
	Retryable bool         `json:"retryable" doc:"The same step may pass when it is repeated."`
	Counted   bool         `json:"counted" doc:"It uses up a try."`
}

type remedyBody struct {
	Kind string `json:"kind" doc:"Stable name; further ones may be added." example:"retry_better_light"`
	Text string `json:"text"`
}

type failuresBody struct {
	Failures []failureBody `json:"failures" nullable:"false"`
}

type failuresOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         failuresBody
}

func (*API) listFailures(ctx context.Context, _ *struct{}) (*failuresOutput, error) {
	c := callOf(ctx)
	body := failuresBody{}
	for _, entry := range verification.Catalogue() {
		body.Failures = append(body.Failures, failureOf(entry, c.language))
	}
	return &failuresOutput{CacheControl: cacheable, Body: body}, nil
}

// failure gives the entry of a code, nil for no code.
func (*API) failure(code verification.FailureCode, language string) *failureBody {
	if code == "" {
		return nil
	}
	body := failureOf(verification.Lookup(code), language)
	return &body
}

func failureOf(entry verification.Entry, language string) failureBody {
	body := failureBody{
		Code: string(entry.Code), Kind: string(entry.Kind), Prompt: entry.Prompt.For(language),
		Cause: entry.Cause.For(language), Remedies: make([]remedyBody, len(entry.Remedies)),
		Retryable: entry.Retryable, Counted: entry.Counted,
	}
	for i, r := range entry.Remedies {
		body.Remedies[i] = remedyBody{Kind: string(r.Kind), Text: r.Text.For(language)}
	}
	return body
}
