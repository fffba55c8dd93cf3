package todo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/todo"
)

// unsequenced is a store with a number of events without a position.
type unsequenced struct {
	todo.EventStore

	left int
	err  error
}

func (u *unsequenced) Sequence(_ context.Context, _ time.Time, limit int) (int, error) {
	n := min(limit, u.left)
	u.left -= n
	return n, u.err
}

func TestSequence_GoesOnUntilABatchComesBackShort(t *testing.T) {
	t.Parallel()
	u := &unsequenced{left: 401}
	rules := todo.New(todo.Deps{Events: u, Clock: noon})
	if n, err := rules.Sequence(t.Context()); n != 401 || err != nil {
		t.Errorf("got %d events, %v", n, err)
	}
	u.err = errStore
	if _, err := rules.Sequence(t.Context()); !errors.Is(err, errStore) {
		t.Errorf("got %v, want the store's error", err)
	}
}
