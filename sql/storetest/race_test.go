package storetest_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/todo"
)

// race is one todo that is confirmed while somebody else ends it otherwise.
type race struct {
	fixture *todoFixture
	viewer  todo.Viewer
	confirm todo.ConfirmRequest
	todo    todo.Todo
}

func (r race) decline(ctx context.Context) error {
	_, err := r.fixture.rules[1].DeclineTodo(ctx, r.viewer, todo.DeclineRequest{
		TodoID: r.todo.ID, Revision: r.todo.Revision, ContentDigest: r.todo.ContentDigest, Reason: todo.NotMine,
	})
	return err
}

func (r race) withdraw(ctx context.Context) error {
	return r.fixture.rules[1].WithdrawCase(ctx, "sd", r.todo.CaseID)
}

func (r race) revise(ctx context.Context) error {
	revised := push(r.todo.CaseID, 2, r.todo.Signer)
	revised.Items[0].Value = "贰佰万元"
	_, err := r.fixture.rules[1].Push(ctx, revised)
	return err
}

func (r race) expire(ctx context.Context) error {
	_, err := r.fixture.replicas[1].ExpireTodos(ctx, r.todo.ExpiresAt, 10, func(t todo.Todo) (todo.Event, error) { // by a clock that is ahead
		return todo.Event{
			ID: id("evt_"), Type: todo.EventExpired, RegistryID: t.RegistryID, CaseRow: t.CaseRow, CaseID: t.CaseID,
			SignerID: t.SignerID, TodoID: t.ID, Revision: t.Revision, CreatedAt: r.todo.ExpiresAt,
		}, nil
	})
	return err
}

func (r race) close(ctx context.Context) error {
	_, err := r.fixture.rules[1].CloseSigner(ctx, "sd", r.todo.CaseID, r.todo.SignerID)
	return err
}

// TestAnswer_ConfirmRaces holds one todo to one end, whichever caller comes first.
func TestAnswer_ConfirmRaces(t *testing.T) {
	t.Parallel()
	const rounds = 15
	rivals := map[string]struct {
		run    func(race, context.Context) error
		events []todo.EventType // where the rival wins
	}{
		"decline":  {race.decline, []todo.EventType{todo.EventReported, todo.EventDeclined}},
		"withdraw": {race.withdraw, nil},
		"revise":   {race.revise, []todo.EventType{todo.EventSuperseded}},
		"expire":   {race.expire, []todo.EventType{todo.EventExpired}},
		"close":    {race.close, nil},
	}
	for _, engine := range storetest.Engines(t) {
		for name, rival := range rivals {
			t.Run(engine.Name+" "+name, func(t *testing.T) {
				t.Parallel()
				f := newTodoFixture(t, engine)
				for range rounds {
					r := f.race(t)
					var won bool
					var both sync.WaitGroup
					both.Go(func() {
						_, err := f.rules[0].ConfirmTodo(t.Context(), r.viewer, r.confirm)
						tolerate(t, err)
						won = err == nil
					})
					both.Go(func() { tolerate(t, rival.run(r, t.Context())) })
					both.Wait()
					want := rival.events
					if won {
						want = []todo.EventType{todo.EventConfirmed}
					}
					state, events := r.end(t)
					if won != (state == todo.Confirmed) || state == todo.Open || !slices.Equal(events, want) {
						t.Errorf("confirmed %v: got state %s and events %v, want %v", won, state, events, want)
					}
				}
			})
		}
	}
}

func (f *todoFixture) race(t *testing.T) race {
	t.Helper()
	d := f.document(t, "张三")
	at := f.open(t, d)[0]
	v := f.signIn(t, d)
	shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, at.ID))
	return race{fixture: f, viewer: v, confirm: f.yes(t, v, shown), todo: shown}
}

// tolerate lets pass what losing a race may say.
func tolerate(t *testing.T, err error) {
	t.Helper()
	var rejected *todo.RejectedError
	if err != nil && !errors.As(err, &rejected) {
		t.Errorf("got %v, want an answer or a rejection", err)
	}
}

// end returns how the todo ended, and what its registry learns of it.
func (r race) end(t *testing.T) (todo.State, []todo.EventType) {
	t.Helper()
	must[int](t)(r.fixture.rules[0].Sequence(t.Context()))
	ended := must[todo.Todo](t)(r.fixture.replicas[0].Todo(t.Context(), r.viewer, r.todo.ID, r.fixture.now()))
	var events []todo.EventType
	for _, e := range must[[]todo.Event](t)(r.fixture.rules[0].ListFeed(t.Context(), "sd", 0, todo.MaxFeed)) {
		if e.TodoID == r.todo.ID {
			events = append(events, e.Type)
		}
	}
	slices.Sort(events) // those of one answer have one time
	return ended.State, events
}
