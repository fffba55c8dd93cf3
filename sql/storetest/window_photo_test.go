package storetest_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/material"
	"renzheng/material/materialtest"
	"renzheng/retention"
	"renzheng/sql/store"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// photographed is a visit that waits, with photos of both sides of the document.
func (w *windowFixture) photographed(t *testing.T, of todo.Todo, d identity.Document) window.Visit {
	t.Helper()
	s := seen(of, d)
	photo := materialtest.WithSegment(materialtest.PhotoJPEG(t), 0xfe, []byte(materialtest.Secret))
	turned := materialtest.WithSegment(photo, 0xe1, materialtest.EXIF(6))
	s.Photos = []window.Upload{{Side: window.Front, Content: photo}, {Side: window.Back, Content: turned}}
	return must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), w.begun(t, of).ID, s))
}

// Only the supervisor to whom the evidence was revealed for the approval sees the photos by it, until they have decided.
func TestWindow_ShowsPhotosToTheSupervisor(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.photographed(t, asked, ann)
		look := func(m staff.Member, side window.Side) error {
			content, err := w.halls[1].Photo(t.Context(), m, v.ID, side)
			if err == nil && (!materialtest.IsClean(material.Picture, content) || bytes.Contains(content, []byte(materialtest.Secret[:12]))) {
				t.Error("something of the file is left")
			}
			return err
		}
		wantError(t, look(supervisor(), window.Front), window.ErrNotShown)
		verdict := w.looked(t, supervisor(), v)
		e := must[window.Evidence](t)(w.halls[0].Evidence(t.Context(), supervisor(), v.ID))
		if len(e.Photos) != 2 || e.Photos[0].Side != window.Front || len(e.Photos[0].SHA256) != 64 {
			t.Errorf("got %+v", e.Photos)
		}
		for _, side := range []window.Side{window.Front, window.Back} {
			if err := look(supervisor(), side); err != nil {
				t.Error(err)
			}
		}
		second := member(3, staff.Supervisor)
		wantError(t, look(second, window.Front), window.ErrNotShown)
		wantError(t, look(clerk(), window.Front), window.ErrRole)
		second.Office = "hall-2"
		wantError(t, look(second, window.Front), window.ErrNotFound)
		wantError(t, look(supervisor(), "edge"), window.ErrNotFound)
		must[window.Visit](t)(w.halls[1].Decide(t.Context(), supervisor(), v.ID, verdict))
		wantError(t, look(supervisor(), window.Front), window.ErrNotShown)
	})
}

// A photo goes when the document is to be seen again, with the person, and some days after the end; a hold keeps it.
func TestWindow_DeletesPhotos(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		left := func(when string, want int) {
			t.Helper()
			if n := w.count(t, "SELECT COUNT(*) FROM visit_photos"); n != want {
				t.Errorf("%s: %d photos are left, want %d", when, n, want)
			}
		}
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.photographed(t, asked, ann)
		left("seen", 2)
		no := w.looked(t, supervisor(), v)
		no.Approve = false
		must[window.Visit](t)(w.halls[0].Decide(t.Context(), supervisor(), v.ID, no))
		left("returned", 0)
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, window.OutcomeWrong))
		v = w.photographed(t, asked, ann)
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, window.OutcomeLeft))
		w.later.Add(int64(30*24*time.Hour - time.Minute))
		w.purge(t)
		left("before its time", 2)
		h := must[retention.Hold](t)(w.replicas[0].PlaceHold(t.Context(), retention.Hold{
			Kind: retention.HoldCase, Registry: asked.RegistryID, CaseID: asked.CaseID, Ground: "order 17", PlacedBy: "Li", PlacedAt: w.now(),
		}))
		w.later.Add(int64(time.Hour))
		w.purge(t)
		left("held", 2)
		if err := w.replicas[0].LiftHold(t.Context(), h.ID, "Li", w.now()); err != nil {
			t.Fatal(err)
		}
		w.purge(t)
		left("after its time", 0)
		bob := w.document(t, "李四")
		w.photographed(t, w.open(t, bob)[0], bob)
		left("seen", 2)
		if _, err := w.eraseViewer(t, w.signIn(t, bob), 0); err != nil {
			t.Fatal(err)
		}
		left("erased", 0)
	})
}

// A photo that somebody exchanged in the database is not shown.
func TestWindow_NoticesAnotherPhoto(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		v := w.photographed(t, w.open(t, ann)[0], ann)
		w.looked(t, supervisor(), v)
		raw := (&fixture{t: t, dsn: w.dsn}).raw(t)
		for _, statement := range []string{"UPDATE visit_photos SET side = 'x' WHERE side = 'front'", "UPDATE visit_photos SET side = 'front' WHERE side = 'back'"} {
			if _, err := raw.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.halls[0].Photo(t.Context(), supervisor(), v.ID, window.Front); !errors.As(err, new(*store.AlteredError)) {
			t.Errorf("got %v, want that it was changed", err)
		}
	})
}

func TestWindow_NeedsAPhoto(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		photo := materialtest.PhotoJPEG(t)
		try := func(hall *window.Service, photos ...window.Upload) error {
			s := seen(asked, ann)
			s.Photos = photos
			_, err := hall.Identify(t.Context(), clerk(), w.begun(t, asked).ID, s)
			return err
		}
		front, back := window.Upload{Side: window.Front, Content: photo}, window.Upload{Side: window.Back, Content: photo}
		wantError(t, try(w.halls[0], back), window.ErrPhoto)
		wantError(t, try(w.halls[0], front, front), window.ErrPhoto)
		wantError(t, try(w.halls[0], front, window.Upload{Side: "edge", Content: photo}), window.ErrPhoto)
		if err := try(w.halls[0], window.Upload{Side: window.Front, Content: []byte("<svg>")}); material.ReasonOf(err) != material.KindUnknown {
			t.Errorf("not a picture: got %v", err)
		}
		for _, rules := range []window.PhotoRules{{Offices: []string{"hall-1"}}, {Offices: []string{"*"}}, {Reasons: []string{"no_smartphone"}}} {
			deps := w.halls[0].Deps
			deps.Photos = rules
			wantError(t, try(window.New(deps)), window.ErrPhoto)
			if err := try(window.New(deps), front); err != nil {
				t.Error(err)
			}
		}
		deps := w.halls[0].Deps
		deps.Photos = window.PhotoRules{Offices: []string{"hall-2"}, Reasons: []string{"face_failed"}}
		if err := try(window.New(deps)); err != nil {
			t.Errorf("not required here: %v", err)
		}
	})
}

// Nobody approves a document whose photo is gone, was exchanged, or is demanded and was not taken. It can be returned.
func TestWindow_ApprovesNoDocumentWithoutItsPhoto(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		deps := w.halls[0].Deps
		deps.Photos = window.PhotoRules{Reasons: []string{"no_smartphone"}}
		demanding := window.New(deps)
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		raw := (&fixture{t: t, dsn: w.dsn}).raw(t)
		for name, tt := range map[string]struct {
			hall  *window.Service
			begin func(v string) window.Visit
			spoil string
		}{
			"deleted, and demanded":     {demanding, func(string) window.Visit { return w.photographed(t, asked, ann) }, "DELETE FROM visit_photos WHERE side = 'front'"},
			"deleted, and optional":     {w.halls[1], func(string) window.Visit { return w.photographed(t, asked, ann) }, "DELETE FROM visit_photos WHERE side = 'back'"},
			"exchanged":                 {w.halls[1], func(string) window.Visit { return w.photographed(t, asked, ann) }, "UPDATE visit_photos SET picture_cipher = x'00' WHERE side = 'front'"},
			"demanded since, not taken": {demanding, func(string) window.Visit { return w.waiting(t, asked, ann) }, "DELETE FROM visit_photos WHERE side = 'none'"},
		} {
			v := tt.begin(name)
			yes := w.looked(t, supervisor(), v)
			if _, err := raw.ExecContext(t.Context(), tt.spoil); err != nil {
				t.Fatal(err)
			}
			if _, err := tt.hall.Decide(t.Context(), supervisor(), v.ID, yes); !errors.Is(err, window.ErrPhoto) {
				t.Errorf("%s: got %v", name, err)
			}
			if got := must[window.Visit](t)(w.halls[0].Visit(t.Context(), supervisor(), v.ID)); got.State != window.Waiting || len(w.kinds(t, v.ID)) != 2 {
				t.Errorf("%s: got %+v with %v, want it unchanged", name, got, w.kinds(t, v.ID))
			}
			must[window.Visit](t)(tt.hall.Decide(t.Context(), supervisor(), v.ID, window.Decision{Reason: "other", Version: yes.Version}))
		}
		v := w.photographed(t, asked, ann)
		must[window.Visit](t)(demanding.Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
	})
}

// The guardian's document is photographed next to that of the minor, demanded with it, and shown with it.
func TestWindow_PhotographsTheGuardiansDocument(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		deps := w.halls[0].Deps
		deps.Photos = window.PhotoRules{Offices: []string{"*"}}
		hall := window.New(deps)
		minor, parent := w.documentOf(t, "20110101", "李小四"), w.document(t, "李四")
		asked := w.open(t, minor)[0]
		photo := materialtest.PhotoJPEG(t)
		s := seen(asked, minor)
		s.Guardian = &window.Guardian{Document: parent, Relation: "parent"}
		try := func(sides ...window.Side) (window.Visit, error) {
			s.Photos = nil
			for _, side := range sides {
				s.Photos = append(s.Photos, window.Upload{Side: side, Content: photo})
			}
			return hall.Identify(t.Context(), clerk(), w.begun(t, asked).ID, s)
		}
		for name, sides := range map[string][]window.Side{
			"without the guardian's": {window.Front}, "without the minor's": {window.GuardianFront}, "a back without its front": {window.Front, window.GuardianBack},
		} {
			if _, err := try(sides...); !errors.Is(err, window.ErrPhoto) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		v := must[window.Visit](t)(try(window.Sides()...))
		yes := w.looked(t, supervisor(), v)
		for _, side := range window.Sides() {
			must[[]byte](t)(hall.Photo(t.Context(), supervisor(), v.ID, side))
		}
		must[window.Visit](t)(hall.Decide(t.Context(), supervisor(), v.ID, yes))
		adult := w.document(t, "张三")
		asked = w.open(t, adult)[0]
		s = seen(asked, adult)
		if _, err := try(window.Front, window.GuardianFront); !errors.Is(err, window.ErrPhoto) {
			t.Errorf("of an adult's guardian: got %v", err)
		}
		v = must[window.Visit](t)(try(window.Front))
		must[window.Visit](t)(hall.Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
	})
}
