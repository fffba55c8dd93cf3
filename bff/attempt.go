package bff

import (
	"time"

	"renzheng/bff/problem"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// attemptBody is one try of a check, with the state of the verification after it.
type attemptBody struct {
	AttemptID    string           `json:"attempt_id" doc:"Opaque."`
	Check        string           `json:"check" example:"face"`
	State        string           `json:"state" doc:"open, passed, failed, cancelled, unknown, unresolved, superseded. New values may be added." example:"open"`
	Kind         string           `json:"kind" doc:"running, passed or not_passed, for clients that do not know the state." example:"running"`
	Call         *faceCallBody    `json:"call,omitempty" doc:"What the client must call now. Present only for an open face check."`
	Failure      *problem.Failure `json:"failure,omitempty" doc:"Why the attempt did not pass, and what to do. result_pending while the state is unknown."`
	Counted      bool             `json:"counted" doc:"The attempt has used up a try."`
	CardLast4    string           `json:"card_last4,omitempty" doc:"With bank_card: the last digits of the card." example:"0018"`
	ExpiresAt    *time.Time       `json:"expires_at,omitempty" doc:"With face: a later pass does not count."`
	Verification verificationBody `json:"verification"`
}

// faceCallBody is the call that opens the camera.
type faceCallBody struct {
	Kind      string `json:"kind" doc:"my.startAPVerify, wx.requestFacialVerify or page. New values may be added." example:"my.startAPVerify"`
	CertifyID string `json:"certify_id,omitempty"`
	URL       string `json:"url,omitempty" doc:"For this person's client only."`
}

// attempt shows an attempt to the caller, and notes it for the access log.
func (h *handlers) attempt(v verification.View, t verification.Attempt, c *call) attemptBody {
	circumstances := c.circumstances(v.Tries.NextAt)
	circumstances.document = v.Document.Type
	if v.Failure != nil && v.Failure.Code == t.Failure {
		circumstances.note, circumstances.notBefore = noteOf(*v.Failure), later(v.Tries.NextAt, v.Failure.Until)
	}
	body := attemptBody{
		AttemptID: t.ID, Check: string(t.Check), State: string(t.State), Kind: kindOfAttempt(t.State),
		Failure: explain(h.verifications, failureOfAttempt(t), circumstances), Counted: t.Counted, CardLast4: t.CardLast4,
		ExpiresAt: when(t.ExpiresAt), Verification: h.verification(v, c),
	}
	c.attempt = t.ID
	if body.Failure != nil {
		c.failure = body.Failure.Code // of this attempt, rather than of the verification
	}
	if t.Call != nil && t.State == verification.AttemptOpen {
		body.Call = &faceCallBody{Kind: t.Call.Kind, CertifyID: t.Call.CertifyID, URL: t.Call.URL}
	}
	return body
}

// failureOfAttempt returns why an attempt did not pass, or not yet.
func failureOfAttempt(t verification.Attempt) failure.Code {
	if t.State == verification.AttemptUnknown {
		return failure.ResultPending
	}
	return t.Failure
}

func kindOfAttempt(s verification.AttemptState) string {
	switch s {
	case verification.AttemptOpen, verification.AttemptUnknown:
		return "running"
	case verification.AttemptPassed:
		return "passed"
	case verification.AttemptFailed, verification.AttemptCancelled, verification.AttemptUnresolved,
		verification.AttemptSuperseded:
	}
	return "not_passed"
}
