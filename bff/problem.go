package bff

import (
	"errors"
	"net/http"
	"time"

	"renzheng/identity"
)

// problem is an RFC 9457 problem document. It holds nothing that the client
// sent: texts are ours, pointers are made of our own names (R32).
type problem struct {
	Type      string `json:"type" doc:"Names the kind of problem; an identifier, no address." example:"urn:renzheng:problem:values_invalid"`
	Title     string `json:"title" doc:"What is wrong, in the caller's language." example:"Some values are not valid"`
	Status    int    `json:"status" doc:"The HTTP status." example:"422"`
	Detail    string `json:"detail" doc:"What to do about it, in the caller's language." example:"Correct the members that are listed and send the request again."`
	Code      string `json:"code" doc:"Stable name of the problem; decide by it. Codes are never reused; new ones may be added." example:"values_invalid"`
	RequestID string `json:"request_id" doc:"Names this request in our log; tell it to support." example:"01k9x2m4c6d8e0f2a4b6c8d0e2"`

	Errors       []invalidValue `json:"errors,omitempty" nullable:"false" doc:"With values_invalid, body_malformed, content_invalid and strokes_invalid: what breaks which rule."`
	Failure      *failureBody   `json:"failure,omitempty" doc:"Where the catalogue of failures knows what to do next."`
	NextAt       *time.Time     `json:"next_at,omitempty" doc:"With tries_exhausted and card_locked: when the next try is possible."`
	State        string         `json:"state,omitempty" doc:"The state of the verification that stands in the way."`
	Confirmation string         `json:"confirmation,omitempty" doc:"With todo_already_answered: where the answer that stands is found; absent after a registry's statement that the person was served at the window."`
	Notices      []NoticeRef    `json:"notices,omitempty" nullable:"false" doc:"With consent_required: the notices to accept first."`

	retryAfter string // seconds; "" = no header
}

// invalidValue says where a request breaks a rule, never with what.
type invalidValue struct {
	Pointer   string `json:"pointer,omitempty" doc:"RFC 6901 pointer into the request's document, made of names of the contract only. An unknown member is reported at its parent." example:"/document/number"`
	Parameter string `json:"parameter,omitempty" doc:"The parameter, where it is none of the document." example:"limit"`
	Rule      string `json:"rule" doc:"The rule that is broken." example:"number_checksum"`
}

// Error gives the code.
func (p *problem) Error() string { return p.Code }

// GetStatus is what huma answers with.
func (p *problem) GetStatus() int { return p.Status }

// GetHeaders gives the headers that belong to the problem.
func (p *problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter != "" {
		h.Set("Retry-After", p.retryAfter)
	}
	switch {
	case p.Code == codeSessionRequired:
		h.Set("WWW-Authenticate", `Bearer realm="renzheng"`)
	case p.Status == http.StatusUnauthorized: // of a registry
		h.Set("WWW-Authenticate", `Signature realm="renzheng"`)
	case p.Code == codeContentType:
		h.Set("Accept", jsonType)
	case p.Code == codeContentEncoding:
		h.Set("Accept-Encoding", "identity")
	}
	return h
}

// ContentType is that of RFC 9457.
func (*problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// problemKind is what is fixed for a code: its status and its texts.
type problemKind struct {
	Code   string
	Status int
	Title  text
	Detail text
}

// text is a text in the languages of the API.
type text struct{ Chinese, Traditional, English string }

func (t text) in(language string) string { return identity.Text(t).For(language) }

// newProblem gives the document of a code for one call. A code that the table
// does not know is a mistake of ours.
func (a *API) newProblem(c *call, code string) *problem {
	kind, known := a.problems[code]
	if !known {
		c.cause = errors.New("no problem has the code " + code)
		kind = a.problems[codeInternal]
	}
	return &problem{
		Type: "urn:renzheng:problem:" + kind.Code, Title: kind.Title.in(c.language), Status: kind.Status,
		Detail: kind.Detail.in(c.language), Code: kind.Code, RequestID: c.id,
		Failure: a.failure(failureOfProblem(c, kind.Code), c.occasion(time.Time{})),
	}
}
