package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/material"
	"renzheng/material/materialtest"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/window"
)

// disputed shows a supervisor what was seen in a visit, with its photos, and returns how many photos there are.
func (w *windowFixture) disputed(t *testing.T, by staff.Member, visitID string) (window.Evidence, int) {
	t.Helper()
	e := must[window.Evidence](t)(w.halls[0].DisputedEvidence(t.Context(), by, visitID))
	for _, p := range e.Photos {
		if content := must[[]byte](t)(w.halls[1].Photo(t.Context(), by, visitID, p.Side)); !materialtest.IsClean(material.Picture, content) {
			t.Errorf("%s: it is not the clean picture", p.Side)
		}
	}
	return e, len(e.Photos)
}

// What was seen can be looked at after the decision for as long as it is kept: by any supervisor of the office, for a dispute, each look
// recorded and shown to the person.
func TestWindow_ShowsWhatIsDisputed(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		asked := w.open(t, ann, bob)[0]
		v, hall := w.photographed(t, asked, ann), w.halls[0]
		look := func(by staff.Member) error {
			_, err := hall.DisputedEvidence(t.Context(), by, v.ID)
			return err
		}
		photo := func(by staff.Member) error {
			_, err := hall.Photo(t.Context(), by, v.ID, window.Front)
			return err
		}
		wantError(t, look(supervisor()), window.ErrState) // it is to be approved
		must[window.Visit](t)(hall.Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
		wantError(t, photo(supervisor()), window.ErrNotShown) // the look that approved it was for that
		later := member(8, staff.Supervisor)
		wantError(t, photo(later), window.ErrNotShown)
		if e, n := w.disputed(t, later, v.ID); n != 2 || !e.Document.Same(ann) {
			t.Errorf("got %+v", e)
		}
		must[window.Visit](t)(hall.End(t.Context(), clerk(), v.ID, window.OutcomeDone))
		elsewhere := later
		elsewhere.Office = "hall-2"
		for name, tt := range map[string]struct {
			by   staff.Member
			want error
		}{
			"a clerk": {clerk(), window.ErrRole}, "an auditor": {member(8, staff.Auditor), window.ErrRole}, "another office": {elsewhere, window.ErrNotFound},
			"the person": {w.as(later, ann), window.ErrOwnAffair}, "another signer": {w.as(later, bob), window.ErrOwnAffair},
		} {
			if err := look(tt.by); !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", name, err, tt.want)
			}
		}
		if err := photo(later); err != nil {
			t.Error(err)
		}
		w.later.Add(int64(window.PhotoTime + time.Second))
		wantError(t, photo(later), window.ErrNotShown) // each look is recorded
		w.disputed(t, later, v.ID)

		who := w.signIn(t, ann)
		rows := must[[]rights.StaffAccess](t)(w.replicas[0].Reveals(t.Context(), rights.Viewer{SessionID: who.SessionID, AccountID: who.AccountID, GrantID: who.GrantID, SubjectID: who.SubjectID}, w.now(), 10))
		disputes := 0
		for _, row := range rows {
			if row.Purpose == staff.ForDispute && row.Role == staff.Supervisor && row.Member.Office == "hall-1" && row.Shown == rights.ShownDocument && row.Reference == v.ID {
				disputes++
			}
		}
		if disputes != 2 || len(rows) != 3 {
			t.Errorf("the person sees %d looks for a dispute of %d, want 2 of 3: %+v", disputes, len(rows), rows)
		}
		w.later.Add(int64(31 * 24 * time.Hour))
		w.purge(t)
		e := must[window.Evidence](t)(hall.DisputedEvidence(t.Context(), later, v.ID))
		if !e.Document.Same(ann) {
			t.Errorf("got %+v", e)
		}
		wantError(t, photo(later), window.ErrNotFound) // no longer kept
	})
}

// A visit in which no document was seen has nothing to show, and one that timed out has.
func TestWindow_DisputesWhatWasSeen(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		none, waits := w.begun(t, asked), w.photographed(t, asked, ann)
		w.later.Add(int64(window.Life))
		_, err := w.halls[0].DisputedEvidence(t.Context(), supervisor(), none.ID)
		wantError(t, err, window.ErrState)
		if _, n := w.disputed(t, supervisor(), waits.ID); n != 2 {
			t.Errorf("got %d photos", n)
		}
	})
}
