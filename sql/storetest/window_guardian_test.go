package storetest_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// A guardian acts for the minor, so that nothing in the visit may be done by a member who is the guardian (R52).
func TestWindow_ServesNoWard(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ward := must[identity.Document](t)(identity.ParseDocument(identity.Passport, "E22222224", "李小四"))
		parent := w.document(t, "张三")
		asked := w.open(t, ward)[0]
		with := seen(asked, ward)
		with.Guardian = &window.Guardian{Document: parent, Relation: "parent"}
		v := w.begun(t, asked)
		if _, err := w.halls[0].Identify(t.Context(), w.as(clerk(), parent), v.ID, with); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("seeing their own document as the guardian's: got %v", err)
		}
		must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), v.ID, with))
		looked := w.looked(t, supervisor(), v) // before the provider claimed this member's document
		guardian := w.as(supervisor(), parent)
		if _, err := w.halls[0].Evidence(t.Context(), guardian, v.ID); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("looking: got %v", err)
		}
		if _, err := w.halls[1].Decide(t.Context(), guardian, v.ID, looked); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("approving: got %v", err)
		}
		if got := must[window.Visit](t)(w.halls[0].Visit(t.Context(), supervisor(), v.ID)); got.State != window.Waiting || got.ApprovedBy != "" {
			t.Fatalf("got %+v, want it unchanged", got)
		}
		other := member(7, staff.Supervisor)
		must[window.Visit](t)(w.halls[1].Decide(t.Context(), other, v.ID, w.looked(t, other, v)))
		must[[]window.VisitTodo](t)(w.halls[0].Todos(t.Context(), clerk(), v.ID))
		asClerk := w.as(member(8, staff.Clerk), parent)
		if _, err := w.halls[0].Todos(t.Context(), asClerk, v.ID); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("reading the content: got %v", err)
		}
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), asClerk, signed(v, asked)); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("answering: got %v", err)
		}
		note := identity.NewSecret("请核对手机号")
		if _, err := w.halls[0].Escalate(t.Context(), asClerk, window.EscalationRequest{VisitID: v.ID, Kind: window.VerifyPhone, Note: note}); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("asking the centre: got %v", err)
		}
		request := must[window.Escalation](t)(w.halls[0].Escalate(t.Context(), clerk(), window.EscalationRequest{VisitID: v.ID, Kind: window.VerifyPhone, Note: note}))
		there := w.as(centre(), parent)
		if got, err := w.halls[1].Escalation(t.Context(), there, request.ID); !errors.Is(err, window.ErrOwnAffair) || got.Note.Reveal() != "" {
			t.Errorf("reading the request at the centre: got %v", err)
		}
		if err := w.halls[1].Settle(t.Context(), there, request.ID, "resolved", note); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("answering the request at the centre: got %v", err)
		}
		if err := w.halls[1].Settle(t.Context(), centre(), request.ID, "resolved", note); err != nil {
			t.Error(err)
		}
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)))
	})
}
