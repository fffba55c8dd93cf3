package storetest_test

import (
	"errors"
	"testing"

	"renzheng/todo"
)

// Only the same answer is a repetition. An answer on another paper, or for another reason, is rejected and not filed.
func TestWindow_FilesNoSecondPaper(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		yes, no := w.open(t, ann)[0], w.open(t, bob)[0]
		v, other := w.verified(t, yes, ann), w.verified(t, no, bob)
		r, declined := signed(v, yes), signed(other, no)
		declined.Decision, declined.Reason = todo.DecisionDeclined, todo.NotMine
		for name, answer := range map[string]struct{ first, second todo.WindowRequest }{
			"another paper":  {r, withPaper(r, "2026-118")},
			"another reason": {declined, withReason(declined, todo.NotAgreed)},
		} {
			c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), answer.first))
			again := must[todo.Confirmation](t)(w.rules[1].AnswerAtWindow(t.Context(), clerk(), answer.first))
			if again.ID != c.ID {
				t.Errorf("%s: a repetition got %s, want %s", name, again.ID, c.ID)
			}
			_, err := w.rules[1].AnswerAtWindow(t.Context(), member(8, "clerk"), answer.second)
			if rejected, ok := errors.AsType[*todo.RejectedError](err); !ok || rejected.Code != todo.CodeAlreadyAnswered {
				t.Errorf("%s: got %v, want it rejected", name, err)
			}
		}
	})
}

func withPaper(r todo.WindowRequest, paper string) todo.WindowRequest {
	r.Paper = paper
	return r
}

func withReason(r todo.WindowRequest, reason todo.DeclineReason) todo.WindowRequest {
	r.Reason = reason
	return r
}
