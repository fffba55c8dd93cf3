package bff

import (
	"time"

	"renzheng/bff/problem"
	"renzheng/verification"
)

// verificationBody is a verification as the person is told of it.
type verificationBody struct {
	ID              string              `json:"id" doc:"Opaque."`
	Purpose         string              `json:"purpose" example:"access"`
	State           string              `json:"state" doc:"open, awaiting_acceptance, passed, failed, expired, voided, consumed; further ones may be added." example:"open"`
	Kind            string              `json:"kind" doc:"running, passed or ended; for clients that do not know the state." example:"running"`
	Document        maskedDocument      `json:"document"`
	Prefilled       bool                `json:"prefilled" doc:"The document is the channel's own record."`
	Checks          []checkBody         `json:"checks" nullable:"false" doc:"In the order to do them."`
	Next            *stepBody           `json:"next,omitempty" doc:"The check to do now; absent where none is left."`
	Failure         *problem.Failure    `json:"failure,omitempty" doc:"Why it does not go on, or why the last attempt did not pass."`
	Tries           *triesBody          `json:"tries,omitempty" doc:"Of the check that is next."`
	ConsentsMissing []problem.NoticeRef `json:"consents_missing,omitempty" nullable:"false" doc:"To accept before the next check."`
	TodoID          string              `json:"todo_id,omitempty" doc:"confirm: what it is bound to."`
	Revision        int64               `json:"revision,omitempty"`
	ContentDigest   string              `json:"content_digest,omitempty"`
	HasPortrait     bool                `json:"has_portrait" doc:"There is a picture to show for acceptance. Without one the person accepts without."`
	CreatedAt       time.Time           `json:"created_at"`
	ExpiresAt       time.Time           `json:"expires_at" doc:"End of the time to finish the checks."`
	PassedAt        *time.Time          `json:"passed_at,omitempty" doc:"When all checks had passed."`
	UsableUntil     *time.Time          `json:"usable_until,omitempty" doc:"Until when it can be accepted, or used for the confirmation."`
}

type checkBody struct {
	Check   string `json:"check" doc:"face, bank_card, four_elements or document; further ones may be added." example:"face"`
	State   string `json:"state" doc:"pending, open, passed, failed, skipped; further ones may be added." example:"pending"`
	Kind    string `json:"kind" doc:"todo, running, done or failed." example:"todo"`
	Attempt string `json:"attempt_id,omitempty" doc:"The attempt under way, for a client that has lost it."`
	Failure string `json:"failure_code,omitempty" doc:"Of the last attempt that ended without a pass."`
}

type stepBody struct {
	Check    string `json:"check" example:"face"`
	Provider string `json:"provider,omitempty" doc:"Who does it first; absent where nobody can, see failure." example:"alipay"`
	Note     string `json:"note,omitempty" doc:"What the operator says of it, plain text to show: it works, but not as well as usual."`
}

type triesBody struct {
	Left   int        `json:"left" doc:"Tries left now."`
	NextAt *time.Time `json:"next_at,omitempty" doc:"When the next try is possible, where none is left."`
}

// verification shows a view to the caller.
func (h *handlers) verification(v verification.View, c *call) verificationBody {
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
		circumstances.document, circumstances.note = v.Document.Type, v.Failure.Note
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
