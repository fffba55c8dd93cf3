package storetest_test

import (
	"errors"
	"sync"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/todo"
)

// TestAnswer_ConfirmRaces holds one todo to one end, whoever comes first.
func TestAnswer_ConfirmRaces(t *testing.T) {
	t.Parallel()
	const rounds = 15
	rivals := []struct {
		name  string
		event todo.EventType // "" where the rival's win leaves none
		run   func(t *testing.T, o *office, v todo.Viewer, r todo.ConfirmRequest, at todo.Todo)
	}{
		{"refuse", todo.EventRefused, func(t *testing.T, o *office, v todo.Viewer, r todo.ConfirmRequest, _ todo.Todo) {
			_, _, err := o.rules[1].RefuseTodo(t.Context(), v, todo.RefuseRequest{
				TodoID: r.TodoID, Revision: r.Revision, ContentDigest: r.ContentDigest, Reason: todo.NotMine,
			})
			tolerate(t, err)
		}},
		{"withdraw", "", func(t *testing.T, o *office, _ todo.Viewer, _ todo.ConfirmRequest, at todo.Todo) {
			tolerate(t, o.rules[1].WithdrawCase(t.Context(), "sd", at.CaseID))
		}},
		{"revise", todo.EventSuperseded, func(t *testing.T, o *office, _ todo.Viewer, _ todo.ConfirmRequest, at todo.Todo) {
			revised := push(at.CaseID, 2, at.Signer)
			revised.Items[0].Value = "贰佰万元"
			_, err := o.rules[1].Push(t.Context(), revised)
			tolerate(t, err)
		}},
		{"expire", todo.EventExpired, func(t *testing.T, o *office, _ todo.Viewer, _ todo.ConfirmRequest, at todo.Todo) {
			_, err := o.replicas[1].ExpireTodos(t.Context(), at.ExpiresAt, 10) // a clock that is ahead
			tolerate(t, err)
		}},
		{"close", "", func(t *testing.T, o *office, _ todo.Viewer, _ todo.ConfirmRequest, at todo.Todo) {
			_, err := o.rules[1].CloseSigner(t.Context(), "sd", at.CaseID, at.SignerID)
			tolerate(t, err)
		}},
	}
	for _, rival := range rivals {
		t.Run(rival.name, func(t *testing.T) {
			t.Parallel()
			for _, engine := range storetest.Engines(t) {
				t.Run(engine.Name, func(t *testing.T) {
					t.Parallel()
					o := newOffice(t, engine)
					for range rounds {
						d := o.document(t, "张三")
						at := o.open(t, d)[0]
						v := o.signIn(t, d)
						r := o.yes(t, v, must[todo.Todo](t)(o.rules[0].Detail(t.Context(), v, at.ID)))
						var won bool
						var both sync.WaitGroup
						both.Go(func() {
							_, _, err := o.rules[0].ConfirmTodo(t.Context(), v, r)
							tolerate(t, err)
							won = err == nil
						})
						both.Go(func() { rival.run(t, o, v, r, at) })
						both.Wait()
						o.oneEnd(t, v, at, won, rival.event)
					}
				})
			}
		})
	}
}

// tolerate lets pass what losing a race may say.
func tolerate(t *testing.T, err error) {
	t.Helper()
	var refusal *todo.RefusedError
	if err != nil && !errors.As(err, &refusal) {
		t.Errorf("got %v, want an answer or a refusal", err)
	}
}

// oneEnd checks that state, answer and events of a todo tell the same story.
func (o *office) oneEnd(t *testing.T, v todo.Viewer, at todo.Todo, won bool, rival todo.EventType) {
	t.Helper()
	must[int](t)(o.rules[0].Sequence(t.Context()))
	ended := must[todo.Todo](t)(o.replicas[0].Todo(t.Context(), v, at.ID, o.now()))
	if won != (ended.State == todo.Confirmed) || ended.State == todo.Open {
		t.Errorf("confirmed %v, but the todo is %s", won, ended.State)
	}
	var got []todo.EventType
	for _, e := range must[[]todo.Event](t)(o.rules[0].ListFeed(t.Context(), "sd", 0, todo.MaxFeed)) {
		if e.TodoID == at.ID {
			got = append(got, e.Type)
		}
	}
	want := rival
	if won {
		want = todo.EventConfirmed
	}
	if (want == "") != (len(got) == 0) || want != "" && (len(got) != 1 || got[0] != want) {
		t.Errorf("got events %v, want %q alone", got, want)
	}
}
