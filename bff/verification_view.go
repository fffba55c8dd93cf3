package bff

import (
	"cmp"
	"time"

	"renzheng/bar"
	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
)

// verificationBody is a verification as the person is told of it.
type verificationBody struct {
	ID              string              `json:"id" doc:"Opaque."`
	Purpose         string              `json:"purpose" example:"access"`
	State           string              `json:"state" doc:"open, awaiting_acceptance, passed, failed, expired, voided, consumed. New values may be added." example:"open"`
	Kind            string              `json:"kind" doc:"running, passed or ended, for clients that do not know the state." example:"running"`
	Document        maskedDocument      `json:"document"`
	Prefilled       bool                `json:"prefilled" doc:"The document is the channel's own record."`
	Checks          []checkBody         `json:"checks" nullable:"false" doc:"In the order in which they must be done."`
	Next            *stepBody           `json:"next,omitempty" doc:"The check to do now. Absent if no check is left."`
	Failure         *problem.Failure    `json:"failure,omitempty" doc:"Why the verification cannot continue, or why the last attempt did not pass."`
	Tries           *triesBody          `json:"tries,omitempty" doc:"Tries of the next check."`
	ConsentsMissing []problem.NoticeRef `json:"consents_missing,omitempty" nullable:"false" doc:"Notices to accept before the next check."`
	TodoID          string              `json:"todo_id,omitempty" doc:"With confirm: the todo to which the verification is bound."`
	Revision        int64               `json:"revision,omitempty"`
	ContentDigest   string              `json:"content_digest,omitempty"`
	HasPortrait     bool                `json:"has_portrait" doc:"There is a picture to show for acceptance. Without a picture, the person accepts without one."`
	CreatedAt       time.Time           `json:"created_at"`
	ExpiresAt       time.Time           `json:"expires_at" doc:"The checks must be finished before."`
	PassedAt        *time.Time          `json:"passed_at,omitempty" doc:"When all checks had passed."`
	UsableUntil     *time.Time          `json:"usable_until,omitempty" doc:"End of the time in which it can be accepted or used for the confirmation."`
}

type checkBody struct {
	Check   string `json:"check" doc:"face, bank_card, four_elements or document. New values may be added." example:"face"`
	State   string `json:"state" doc:"pending, open, passed, failed, skipped. New values may be added." example:"pending"`
	Kind    string `json:"kind" doc:"todo, running, done or failed." example:"todo"`
	Attempt string `json:"attempt_id,omitempty" doc:"The attempt in progress, for a client that has lost its id."`
	Failure string `json:"failure_code,omitempty" doc:"Failure of the last attempt that did not pass."`
}

type stepBody struct {
	Check    string `json:"check" example:"face"`
	Provider string `json:"provider,omitempty" doc:"The first provider. Absent if there is none, see failure." example:"alipay"`
	Note     string `json:"note,omitempty" doc:"The words of the operator about a check that is degraded, plain text to show."`
}

type triesBody struct {
	Left   int        `json:"left" doc:"Tries left now."`
	NextAt *time.Time `json:"next_at,omitempty" doc:"When the next try is possible. Present if no try is left."`
}

// verification shows a view to the caller, and notes it for the access log.
func (h *handlers) verification(v verification.View, c *call) verificationBody {
	c.verification = v.ID
	if v.Failure != nil {
		c.failure = string(v.Failure.Code)
	}
	body := verificationBody{
		ID: v.ID, Purpose: string(v.Purpose), State: string(v.State), Kind: kindOfState(v.State),
		Document: masked(v.Document), Prefilled: v.Prefilled, Checks: make([]checkBody, len(v.Checks)),
		HasPortrait: v.PortraitID != "", CreatedAt: utc(v.CreatedAt), ExpiresAt: utc(v.ExpiresAt),
		PassedAt: when(v.PassedAt), UsableUntil: when(v.UsableUntil),
	}
	for i, check := range v.Checks {
		body.Checks[i] = checkBody{
			Check: string(check.Kind), State: string(check.State), Kind: kindOfCheck(check.State),
			Failure: string(check.Failure),
		}
		if check.State == verification.CheckOpen {
			body.Checks[i].Attempt = check.AttemptID
		}
	}
	if v.Next != nil {
		body.Next = &stepBody{
			Check: string(v.Next.Check), Provider: v.Next.Provider, Note: v.Next.Note.For(c.language),
		}
	}
	if v.Next != nil || v.State == verification.Failed {
		body.Tries = &triesBody{Left: v.Tries.Left, NextAt: when(v.Tries.NextAt)}
	}
	if v.Failure != nil {
		circumstances := c.circumstances(later(v.Tries.NextAt, v.Failure.Until))
		circumstances.document, circumstances.note = v.Document.Type, noteOf(*v.Failure)
		body.Failure = explain(h.verifications, v.Failure.Code, circumstances)
	}
	if len(v.ConsentsMissing) > 0 {
		body.ConsentsMissing = noticeRefs(h.verifications, v.ConsentsMissing, c.language)
	}
	if v.Todo != nil {
		body.TodoID, body.Revision, body.ContentDigest = v.Todo.TodoID, v.Todo.Revision, v.Todo.ContentDigest
	}
	return body
}

func kindOfState(s verification.State) string {
	switch s {
	case verification.Open, verification.AwaitingAcceptance:
		return "running"
	case verification.Passed:
		return "passed"
	case verification.Failed, verification.Expired, verification.Voided, verification.Consumed:
	}
	return "ended"
}

func kindOfCheck(s verification.CheckState) string {
	switch s {
	case verification.CheckPending:
		return "todo"
	case verification.CheckOpen:
		return "running"
	case verification.CheckPassed, verification.CheckSkipped:
		return "done"
	case verification.CheckFailed:
	}
	return "failed"
}

// noteOf returns the operator's words about a failure, or the reason of a bar.
func noteOf(f verification.FailureView) identity.Text {
	reason, _ := bar.Lookup(bar.Code(f.Bar))
	return cmp.Or(f.Note, reason.Text)
}
