package bff

import (
	"renzheng/verification"
)

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
