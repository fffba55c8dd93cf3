package storetest_test

import (
	"context"
	"testing"

	"renzheng/todo"
)

// rekeyedMeanwhile are answers before whose writing every tag moves to a newer key.
type rekeyedMeanwhile struct {
	todo.AnswerStore

	rekey func()
}

func (r rekeyedMeanwhile) Confirm(ctx context.Context, a todo.Answer) error {
	r.rekey()
	return r.AnswerStore.Confirm(ctx, a)
}

func (r rekeyedMeanwhile) Decline(ctx context.Context, a todo.Answer) error {
	r.rekey()
	return r.AnswerStore.Decline(ctx, a)
}

// A person who answers while an operator rotates the keys notices nothing: a tag that was renewed between reading and writing is not a
// verification that cannot be used.
func TestAnswer_IsWrittenWhileTagsAreRenewed(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		rekeys := 0
		f.rules[0].Answers = rekeyedMeanwhile{f.replicas[0], func() {
			if rekeys++; rekeys%2 == 0 { // once for each answer
				return
			}
			f.keys = rotate(t, f.keys)
			if err := f.ring.Reload(f.keys); err != nil {
				t.Fatal(err)
			}
			if err := f.replicas[1].Rekey(t.Context(), nil); err != nil {
				t.Error(err)
			}
		}}
		d := f.document(t, "张三")
		v, yes := f.ready(t, d)
		given := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, yes))
		f.verified(t, given.Confirmation)

		v, yes = f.ready(t, d)
		no := todo.DeclineRequest{TodoID: yes.TodoID, Revision: yes.Revision, ContentDigest: yes.ContentDigest, Reason: todo.NotAgreed, Key: key("decline", "while keys rotate")}
		given = must[todo.AnswerResult](t)(f.rules[0].DeclineTodo(t.Context(), v, no))
		f.verified(t, given.Confirmation)
		if rekeys != 4 {
			t.Errorf("answers were written %d times, want each twice", rekeys)
		}
	})
}
