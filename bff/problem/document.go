package problem

import (
	"net/http"
	"time"
)

// MediaType is the media type of a [Document].
const MediaType = "application/problem+json"

// Document is an RFC 9457 problem document. It is also an error, so that huma
// can write it.
type Document struct { //nolint:errname // the document of RFC 9457, which huma requires to be an error
	Type      string `json:"type" doc:"Identifies the kind of problem. It is not an address." example:"urn:renzheng:problem:values_invalid"`
	Title     string `json:"title" doc:"What is wrong, in the requested language." example:"Some values are not valid"`
	Status    int    `json:"status" doc:"The HTTP status." example:"422"`
	Detail    string `json:"detail" doc:"What to do, in the requested language." example:"Correct the members that are listed and send the request again."`
	Code      string `json:"code" doc:"Stable name of the problem; decide by it. Codes are never reused. New codes may be added." example:"values_invalid"`
	RequestID string `json:"request_id" doc:"Identifies this request in the log of the server. Quote it to support." example:"01k9x2m4c6d8e0f2a4b6c8d0e2"`

	Errors       []InvalidValue `json:"errors,omitempty" nullable:"false" doc:"With values_invalid, body_malformed, content_invalid and strokes_invalid: the values and the rules that they break. With signature_invalid: the rule that the signature breaks."`
	Failure      *Failure       `json:"failure,omitempty" doc:"Present if the catalogue of failures has remedies."`
	NextAt       *time.Time     `json:"next_at,omitempty" doc:"With tries_exhausted, card_locked, appointments_paused and codes_exhausted: when the next try is possible."`
	TriesLeft    *int           `json:"tries_left,omitempty" doc:"With code_wrong: how often the code can be entered again. With 0, ask for a new code."`
	State        string         `json:"state,omitempty" doc:"The state of the verification that prevents the operation."`
	Receipt      string         `json:"receipt,omitempty" doc:"With evidence_erased: the receipt (compact JWS), which still verifies."`
	Confirmation string         `json:"confirmation,omitempty" doc:"With todo_already_answered: address of the existing answer. Absent if the registry recorded that the person was served at the window."`
	Notices      []NoticeRef    `json:"notices,omitempty" nullable:"false" doc:"With consent_required: the notices to accept first."`

	SignatureBase string `json:"signature_base,omitempty" doc:"In a sandbox only, with signature_missing, signature_invalid and digest_mismatch: the lines that the server expects to be signed."`

	RetryAfter string `json:"-"` // seconds; "" = no header
}

// InvalidValue is the place of a value that breaks a rule. It never contains the
// value.
type InvalidValue struct {
	Pointer   string `json:"pointer,omitempty" doc:"RFC 6901 pointer into the request's document, which consists of names of the contract only. An unknown member is reported at its parent." example:"/document/number"`
	Parameter string `json:"parameter,omitempty" doc:"The name of the parameter, if the value is not part of the document." example:"limit"`
	Rule      string `json:"rule" doc:"The rule that is broken." example:"number_checksum"`
}

// Error returns the code.
func (p *Document) Error() string { return p.Code }

// GetStatus returns the status that huma writes.
func (p *Document) GetStatus() int { return p.Status }

// GetHeaders returns the headers that huma writes.
func (p *Document) GetHeaders() http.Header {
	h := http.Header{}
	if p.RetryAfter != "" {
		h.Set("Retry-After", p.RetryAfter)
	}
	switch {
	case p.Code == SessionRequired:
		h.Set("WWW-Authenticate", `Bearer realm="renzheng"`)
	case p.Status == http.StatusUnauthorized: // of a registry
		h.Set("WWW-Authenticate", `Signature realm="renzheng"`)
	case p.Code == ContentType:
		h.Set("Accept", "application/json")
	case p.Code == ContentEncoding:
		h.Set("Accept-Encoding", "identity")
	}
	return h
}

// ContentType returns [MediaType], whatever type huma has negotiated.
func (*Document) ContentType(string) string { return MediaType }
