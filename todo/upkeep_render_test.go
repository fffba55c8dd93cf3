package todo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/todo"
)

// handwritings is a store of handwritings without a picture, and events without a position.
type handwritings struct {
	todo.UpkeepStore
	todo.EventStore

	waiting  []todo.Confirmation
	find     error
	store    error
	pictures []todo.Handwriting
	left     int
}

func (h *handwritings) Unrendered(context.Context, int) ([]todo.Confirmation, error) {
	return h.waiting, h.find
}

func (h *handwritings) PutHandwritings(_ context.Context, pictures []todo.Handwriting) error {
	h.pictures = pictures
	return h.store
}

func (h *handwritings) Sequence(_ context.Context, _ time.Time, limit int) (int, error) {
	n := min(limit, h.left)
	h.left -= n
	return n, h.find
}

// A handwriting that cannot be read or drawn is reported, and does not hold up the others.
func TestRender_DrawsWhatItCan(t *testing.T) {
	t.Parallel()
	good := todo.Confirmation{ID: "cfm_1", CaseRow: "cas_1", Strokes: []byte(signature().Encode())}
	bad := todo.Confirmation{ID: "cfm_2", Strokes: []byte("?")}
	for name, tt := range map[string]struct {
		store handwritings
		n     int
		fails bool
	}{
		"none waits":       {handwritings{}, 0, false},
		"one":              {handwritings{waiting: []todo.Confirmation{good}}, 1, false},
		"a bad one first":  {handwritings{waiting: []todo.Confirmation{bad, good}}, 1, true},
		"bad ones alone":   {handwritings{waiting: []todo.Confirmation{bad}}, 0, true},
		"another unread":   {handwritings{waiting: []todo.Confirmation{good}, find: errStore}, 1, true},
		"none can be read": {handwritings{find: errStore}, 0, true},
		"cannot be stored": {handwritings{waiting: []todo.Confirmation{good}, store: errStore}, 0, true},
	} {
		n, err := todo.New(todo.Deps{Upkeep: &tt.store, Clock: noon}).Render(t.Context())
		if n != tt.n || (err != nil) != tt.fails {
			t.Errorf("%s: got %d, %v", name, n, err)
		}
		if (tt.store.find != nil || tt.store.store != nil) && !errors.Is(err, errStore) {
			t.Errorf("%s: got %v, want the store's error", name, err)
		}
		if n == 1 && (len(tt.store.pictures) != 1 || tt.store.pictures[0].ConfirmationID != "cfm_1" || len(tt.store.pictures[0].PNG) == 0) {
			t.Errorf("%s: got %d pictures", name, len(tt.store.pictures))
		}
	}
}

func TestSequence_GoesOnUntilABatchComesBackShort(t *testing.T) {
	t.Parallel()
	h := &handwritings{left: 401}
	rules := todo.New(todo.Deps{Events: h, Clock: noon})
	if n, err := rules.Sequence(t.Context()); n != 401 || err != nil {
		t.Errorf("got %d events, %v", n, err)
	}
	h.find = errStore
	if _, err := rules.Sequence(t.Context()); !errors.Is(err, errStore) {
		t.Errorf("got %v, want the store's error", err)
	}
}
