package storetest_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"renzheng/material"
	"renzheng/material/materialtest"
	"renzheng/staff"
	"renzheng/window"
)

// countingCleaner counts the pictures that are cleaned.
type countingCleaner struct {
	window.Cleaner

	n atomic.Int64
}

func (c *countingCleaner) Picture(ctx context.Context, content []byte) ([]byte, error) {
	c.n.Add(1)
	return c.Cleaner.Picture(ctx, content)
}

// What is rejected anyway costs no work: neither a visit that waits for no document, nor a member without a try.
func TestWindow_CleansNoPhotoInVain(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		cleaner := &countingCleaner{Cleaner: material.NewCleaner()}
		deps := w.halls[0].Deps
		deps.Cleaner, deps.Limits = cleaner, window.Limits{Member: 1, Office: 2}
		hall := window.New(deps)
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		s := seen(asked, ann)
		s.Photos = []window.Upload{{Side: window.Front, Content: materialtest.PhotoJPEG(t)}}
		try := func(name string, by staff.Member, visitID string, want error) {
			t.Helper()
			if _, err := hall.Identify(t.Context(), by, visitID, s); !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", name, err, want)
			}
			if n := cleaner.n.Swap(0); n != 0 {
				t.Errorf("%s: %d pictures were cleaned", name, n)
			}
		}
		ended, over := w.begun(t, asked), w.begun(t, asked)
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), ended.ID, window.OutcomeWrong))
		try("ended", clerk(), ended.ID, window.ErrState)
		try("waits for the approval", clerk(), w.waiting(t, asked, ann).ID, window.ErrState)
		try("unknown", clerk(), "vis_none", window.ErrNotFound)
		w.later.Add(int64(window.Life))
		try("over", clerk(), over.ID, window.ErrState)
		going := w.begun(t, asked)
		wantError(t, w.guess(t, hall, clerk(), asked, w.document(t, "李四")), window.ErrNotSigner)
		try("no try of the member is left", clerk(), going.ID, window.ErrLimited)
		wantError(t, w.guess(t, hall, member(5, staff.Clerk), asked, w.document(t, "李四")), window.ErrNotSigner)
		try("none of the office", member(6, staff.Clerk), going.ID, window.ErrLimited)
		w.later.Add(int64(window.MissWindow))
		going = w.begun(t, asked)
		must[window.Visit](t)(hall.Identify(t.Context(), clerk(), going.ID, s))
		if n := cleaner.n.Load(); n != 1 {
			t.Errorf("in time: %d pictures were cleaned, want 1", n)
		}
	})
}
