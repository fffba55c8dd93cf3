package storetest_test

import (
	"testing"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// calledBy takes a number at the office of a member, who calls it to a desk.
func (w *windowFixture) calledBy(t *testing.T, m staff.Member, desk string) appointment.Number {
	t.Helper()
	n := appointment.Number{
		ID: id("que_"), Office: m.Office, Day: identity.DateAt(w.now()), Line: appointment.WalkIns, State: appointment.Waiting, TakenAt: w.now(),
	}
	if _, _, err := w.replicas[0].TakeNumber(t.Context(), n, 0); err != nil {
		t.Fatal(err)
	}
	return must[appointment.Number](t)(w.replicas[0].CallNext(t.Context(), appointment.Call{ID: id("cal_"), Office: m.Office, Desk: desk, Member: m.ID, Now: w.now()}))
}

// A visit takes the number that its member has called, and ends it; no other.
func TestWindow_EndsItsNumber(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		n := w.calledBy(t, clerk(), "3")
		open := func(by staff.Member) window.Visit {
			t.Helper()
			return must[window.Visit](t)(w.halls[1].Open(t.Context(), by, window.Opening{FoundBy: window.ByDocument, NumberID: n.ID}))
		}
		end := func(v window.Visit, outcome string) {
			t.Helper()
			must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, outcome))
		}
		number := func() appointment.Number {
			t.Helper()
			return must[appointment.Number](t)(w.replicas[1].Number(t.Context(), "hall-1", n.ID))
		}
		theirs := open(member(5, staff.Clerk))
		if got := number(); got.VisitID != "" {
			t.Errorf("the visit %s of a member who has not called has the number", got.VisitID)
		}
		mistaken := open(clerk())
		end(mistaken, window.OutcomeWrong)
		if got := number(); got.State != appointment.Called || got.VisitID != mistaken.ID {
			t.Errorf("after a visit that was begun by mistake: got %+v", got)
		}
		v := open(clerk())
		end(theirs, window.OutcomeDone)
		if calls := must[[]appointment.Number](t)(w.replicas[1].CallsAt(t.Context(), "hall-1", w.now(), 10)); len(calls) != 1 || calls[0].VisitID != v.ID {
			t.Errorf("got the calls %+v, want that of the visit %s", calls, v.ID)
		}
		end(v, window.OutcomeLeft)
		if got := must[appointment.Number](t)(w.replicas[1].NumberOfVisit(t.Context(), "hall-1", v.ID)); got.ID != n.ID || got.State != appointment.Served {
			t.Errorf("got %+v, want it served", got)
		}
		late := open(clerk())
		_, err := w.replicas[0].NumberOfVisit(t.Context(), "hall-1", late.ID)
		wantError(t, err, appointment.ErrNotFound)
		_, err = w.replicas[0].NumberOfVisit(t.Context(), "hall-2", v.ID)
		wantError(t, err, appointment.ErrNotFound)
	})
}

// A number that is called again is of another visit: the end of the first one does not end it.
func TestWindow_EndsNoLaterCall(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		n := w.calledBy(t, clerk(), "3")
		v := must[window.Visit](t)(w.halls[0].Open(t.Context(), clerk(), window.Opening{FoundBy: window.ByDocument, NumberID: n.ID}))
		must[appointment.Number](t)(w.replicas[0].EndNumber(t.Context(), ending(n, appointment.Absent, w.now())))
		again := appointment.Call{ID: id("cal_"), Office: "hall-1", Desk: "4", Member: member(5).ID, Now: w.now()}
		must[appointment.Number](t)(w.replicas[1].CallAgain(t.Context(), n.ID, again))
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, window.OutcomeLeft))
		if got := must[appointment.Number](t)(w.replicas[0].Number(t.Context(), "hall-1", n.ID)); got.State != appointment.Called || got.VisitID != "" {
			t.Errorf("got %+v, want the second call", got)
		}
	})
}
