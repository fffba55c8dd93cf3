package storetest_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"renzheng/receipt"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

func TestAnswer_Confirm(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			c, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil || c.Replayed {
				t.Fatalf("got replayed %v and %v, want a new answer", c.Replayed, err)
			}
			statement := f.verified(t, c.Confirmation)
			if statement.Decision != receipt.Confirmed || len(statement.Consents) != 1 || len(statement.Verification.Checks) != 1 ||
				statement.Portrait == receipt.None {
				t.Errorf("got a receipt of another answer: %v by %v", statement.Decision, statement.StatementBy)
			}
			if !statement.ContentShownAt.Equal(storetest.Now()) {
				t.Errorf("got shown at %v, want %v", statement.ContentShownAt, storetest.Now())
			}
		})
	}
}

func TestAnswer_IsOnRecord(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			c, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			stored := must[todo.Confirmation](t)(f.rules[1].GetConfirmation(t.Context(), v, c.ID))
			answered := c.Confirmation
			if answered.GrantID != v.GrantID {
				t.Errorf("answered under grant %q, want %q", answered.GrantID, v.GrantID)
			}
			answered.GrantID = "" // stored, but not loaded
			if diff := cmp.Diff(answered, stored); diff != "" {
				t.Error("what was stored is not what was answered:", diff)
			}
			records := must[todo.Records](t)(f.rules[0].ListConfirmations(t.Context(), v, todo.Page{}))
			if len(records.Rows) != 1 || records.Rows[0].ID != c.ID || records.Rows[0].Openings != nil || records.Next != nil {
				t.Errorf("got %d records, want the one answer", len(records.Rows))
			}
		})
	}
}

// verified checks receipt and openings as a third party would, and returns the statement.
func (f *todoFixture) verified(t *testing.T, c todo.Confirmation) receipt.Statement {
	t.Helper()
	report := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), f.ring.JWKS()))
	if err := receipt.CheckOpenings(report.Statement, c.Openings); err != nil {
		t.Error(err)
	}
	return report.Statement
}

func TestAnswer_ConfirmTwice(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			first, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			again, err := f.rules[1].ConfirmTodo(t.Context(), v, r)
			if err != nil || !again.Replayed || again.ID != first.ID || again.Receipt != first.Receipt {
				t.Errorf("same key: got %s, replayed %v, %v; want the first answer", again.ID, again.Replayed, err)
			}
			other := r
			other.Key.Body = []byte("something else")
			_, err = f.rules[0].ConfirmTodo(t.Context(), v, other)
			wantRejection(t, "same key with another body", err, todo.CodeKeyReused)
			other.Key = key("confirm", "another key of the same person")
			_, err = f.rules[0].ConfirmTodo(t.Context(), v, other)
			if stands := wantRejection(t, "another key", err, todo.CodeAlreadyAnswered); stands != first.ID {
				t.Errorf("another key: got %s as what stands, want %s", stands, first.ID)
			}
			other.Key = todo.Key{}
			_, err = f.rules[0].ConfirmTodo(t.Context(), v, other)
			wantRejection(t, "no key", err, todo.CodeAlreadyAnswered)
		})
	}
}

// wantRejection holds an error to a code, and returns the id of the answer that it says stands.
func wantRejection(t *testing.T, name string, err error, code string) string {
	t.Helper()
	var rejected *todo.RejectedError
	if !errors.As(err, &rejected) || rejected.Code != code {
		t.Errorf("%s: got %v, want %s", name, err, code)
		return ""
	}
	if rejected.Confirmation == nil {
		return ""
	}
	return rejected.Confirmation.ID
}

func TestAnswer_ConfirmIsRejected(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			cases := []struct {
				name  string
				code  string
				spoil func(v *todo.Viewer, r *todo.ConfirmRequest)
			}{
				{"a revision that was not shown", todo.CodeRevisionStale, func(_ *todo.Viewer, r *todo.ConfirmRequest) { r.Revision++ }},
				{"a digest that was not shown", todo.CodeRevisionStale, func(_ *todo.Viewer, r *todo.ConfirmRequest) { r.ContentDigest += "x" }},
				{"no verification", todo.CodeVerificationNotUsable, func(_ *todo.Viewer, r *todo.ConfirmRequest) { r.VerificationID = "ver_none" }},
				{"a verification of another todo", todo.CodeVerificationNotUsable, func(v *todo.Viewer, r *todo.ConfirmRequest) {
					d := f.document(t, "张三")
					other, theirs := f.ready(t, d)
					*v, r.TodoID, r.ContentDigest = other, theirs.TodoID, theirs.ContentDigest
				}},
				{"a verification that passed eleven minutes ago", todo.CodeVerificationNotUsable, func(*todo.Viewer, *todo.ConfirmRequest) {
					f.later.Add(int64(11 * time.Minute))
				}},
				{"strokes that do not read", todo.CodeStrokesInvalid, func(_ *todo.Viewer, r *todo.ConfirmRequest) { r.Strokes += "AA" }},
				{"a todo whose window has passed", todo.CodeExpired, func(*todo.Viewer, *todo.ConfirmRequest) {
					f.later.Add(int64(todo.Window))
				}},
			}
			for _, c := range cases {
				v, r := f.ready(t, f.document(t, "张三"))
				c.spoil(&v, &r)
				_, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
				wantRejection(t, c.name, err, c.code)
			}
			must[int](t)(f.rules[0].Sequence(t.Context()))
			if events := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0)); len(events) != 0 {
				t.Errorf("got %d events, want none", len(events))
			}
		})
	}
}

func TestAnswer_StrokesAreNotUsedTwice(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			v, r := f.ready(t, zhang)
			if _, err := f.rules[0].ConfirmTodo(t.Context(), v, r); err != nil {
				t.Fatal(err)
			}
			used := r.Strokes
			v, r = f.ready(t, zhang)
			fresh := r.Strokes
			r.Strokes, r.Key = used, key("confirm", "second todo, old strokes")
			_, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			wantRejection(t, "the strokes of an earlier answer", err, todo.CodeStrokesReused)
			r.Strokes, r.Key = fresh, key("confirm", "second todo, new strokes")
			if _, err = f.rules[0].ConfirmTodo(t.Context(), v, r); err != nil {
				t.Errorf("new strokes afterwards: got %v, want an answer", err)
			}
			v, r = f.ready(t, li)
			r.Strokes = used
			if _, err = f.rules[0].ConfirmTodo(t.Context(), v, r); err != nil {
				t.Errorf("another person with equal strokes: got %v, want an answer", err)
			}
		})
	}
}

func TestAnswer_IsKnownAgainAfterRotation(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			v, r := f.ready(t, zhang)
			first, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			if err = f.ring.Reload(rotate(t, f.keys)); err != nil {
				t.Fatal(err)
			}
			again, err := f.rules[1].ConfirmTodo(t.Context(), v, r)
			if err != nil || !again.Replayed || again.ID != first.ID {
				t.Errorf("same key: got %s, replayed %v, %v; want the first answer", again.ID, again.Replayed, err)
			}
			used := r.Strokes
			v, r = f.ready(t, zhang)
			r.Strokes, r.Key = used, todo.Key{}
			_, err = f.rules[0].ConfirmTodo(t.Context(), v, r)
			wantRejection(t, "strokes of before", err, todo.CodeStrokesReused)
		})
	}
}

func TestAnswer_ConfirmInParallel(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			const calls = 100
			v, r := f.ready(t, f.document(t, "张三"))
			ids, news := make([]string, calls), make([]bool, calls)
			var together sync.WaitGroup
			for i := range calls {
				together.Go(func() {
					mine := r
					if i%4 == 3 { // some are other calls of the same person
						mine.Key = key("confirm", fmt.Sprintf("another call, number %d", i))
						mine.Strokes = strokes(1000 + i)
					}
					c, err := f.rules[i%2].ConfirmTodo(t.Context(), v, mine)
					var rejected *todo.RejectedError
					switch {
					case err == nil:
						ids[i], news[i] = c.ID, !c.Replayed
					case errors.As(err, &rejected) && rejected.Code == todo.CodeAlreadyAnswered:
						ids[i] = rejected.Confirmation.ID
					default:
						t.Errorf("call %d: got %v, want the answer that stands", i, err)
					}
				})
			}
			together.Wait()
			made := 0
			for i, id := range ids {
				if news[i] {
					made++
				}
				if id != ids[0] {
					t.Errorf("call %d: got %s, want %s as everybody", i, id, ids[0])
				}
			}
			must[int](t)(f.rules[0].Sequence(t.Context()))
			events := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0))
			if made != 1 || len(events) != 1 || events[0].ConfirmationID != ids[0] {
				t.Errorf("got %d new answers and %d events, want one each", made, len(events))
			}
		})
	}
}

func TestAnswer_Decline(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, yes := f.ready(t, f.document(t, "张三"))
			no := todo.DeclineRequest{
				TodoID: yes.TodoID, Revision: yes.Revision, ContentDigest: yes.ContentDigest, Reason: todo.NotMine,
				Key: key("decline", "first call of this todo"),
			}
			c, err := f.rules[0].DeclineTodo(t.Context(), v, no)
			if err != nil {
				t.Fatal(err)
			}
			statement := f.verified(t, c.Confirmation)
			if statement.Decision != receipt.Declined || statement.Reason != string(todo.NotMine) || statement.Verification != nil {
				t.Errorf("got a receipt that says %v for %q", statement.Decision, statement.Reason)
			}
			again, err := f.rules[1].DeclineTodo(t.Context(), v, no)
			if err != nil || !again.Replayed || again.ID != c.ID {
				t.Errorf("again: got %s, replayed %v, %v; want the first answer", again.ID, again.Replayed, err)
			}
			_, err = f.rules[0].ConfirmTodo(t.Context(), v, yes)
			wantRejection(t, "confirming what was declined", err, todo.CodeAlreadyAnswered)
			no.Reason = "because"
			_, err = f.rules[0].DeclineTodo(t.Context(), v, no)
			wantRejection(t, "a reason of one's own", err, todo.CodeReasonInvalid)
		})
	}
}

func TestAnswer_RejectsWhatWasNotShown(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			opened := f.open(t, d)[0]
			_, err := f.rules[0].DeclineTodo(t.Context(), f.signIn(t, d), todo.DeclineRequest{
				TodoID: opened.ID, Revision: 1, ContentDigest: opened.ContentDigest, Reason: todo.NotMine,
			})
			wantRejection(t, "never shown to this session", err, todo.CodeRevisionStale)
		})
	}
}

func TestAnswer_OneVerificationMakesOneAnswer(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			v, r := f.ready(t, d)
			if _, err := f.rules[0].ConfirmTodo(t.Context(), v, r); err != nil {
				t.Fatal(err)
			}
			other := f.open(t, d)[0]
			shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, other.ID))
			r.TodoID, r.ContentDigest, r.Key, r.Strokes = shown.ID, shown.ContentDigest, todo.Key{}, strokes(f.next())
			_, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			wantRejection(t, "a verification that made an answer", err, todo.CodeVerificationConsumed)
		})
	}
}
