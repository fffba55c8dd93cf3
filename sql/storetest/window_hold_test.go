package storetest_test

import (
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/rights"
	"renzheng/todo"
	"renzheng/window"
)

// held places a hold on the case of a todo, or on its person.
func (w *windowFixture) held(t *testing.T, kind retention.HoldKind, of todo.Todo) retention.Hold {
	t.Helper()
	h := retention.Hold{Kind: kind, Registry: of.RegistryID, CaseID: of.CaseID, Ground: "order 17", PlacedBy: "Li", PlacedAt: w.now()}
	if kind == retention.HoldSubject {
		h.SignerID = of.SignerID
	}
	return must[retention.Hold](t)(w.replicas[0].PlaceHold(t.Context(), h))
}

// lifts ends a hold and executes the erasures that it has kept.
func (w *windowFixture) lifts(t *testing.T, h retention.Hold) {
	t.Helper()
	if err := w.replicas[1].LiftHold(t.Context(), h.ID, "Li", w.now()); err != nil {
		t.Fatal(err)
	}
	for _, id := range must[[]string](t)(w.replicas[0].DueErasures(t.Context(), w.now(), 10)) {
		must[rights.ErasureStatus](t)(w.replicas[1].ExecuteErasure(t.Context(), id, w.execution()))
	}
}

func holdKinds() []retention.HoldKind {
	return []retention.HoldKind{retention.HoldSubject, retention.HoldCase}
}

// seenIn is what is left of what was seen in a visit.
func (w *windowFixture) seenIn(t *testing.T, visitID string) int {
	t.Helper()
	return w.count(t, "SELECT COUNT(*) FROM visit_photos WHERE visit_id = '"+visitID+"'") + w.count(t, "SELECT COUNT(*) FROM visits WHERE LENGTH(evidence_cipher) > 0 AND id = '"+visitID+"'")
}

// A hold on the person or on the case keeps what was seen from an erasure, readable for a dispute, and no longer than the hold.
func TestWindow_AHoldKeepsWhatWasSeenFromAnErasure(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		for _, kind := range holdKinds() {
			ann, bob := w.document(t, "张三"), w.document(t, "李四")
			asked := w.open(t, ann, bob)[0]
			v := w.photographed(t, asked, ann)
			w.escalated(t, v)
			must[window.Visit](t)(w.halls[1].Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
			must[[]window.VisitTodo](t)(w.halls[0].Todos(t.Context(), clerk(), v.ID))
			c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)))
			other := w.photographed(t, w.open(t, ann)[0], ann) // of a case without a hold
			h := w.held(t, kind, asked)
			id := must[string](t)(w.eraseViewer(t, w.signIn(t, ann), 0))
			if n := w.seenIn(t, v.ID); n != 3 {
				t.Errorf("%s: %d of a visit and its two photos are left", kind, n)
			}
			if e, n := w.disputed(t, supervisor(), v.ID); n != 2 || !e.Document.Same(ann) {
				t.Errorf("%s: got %+v", kind, e)
			}
			const papers = "SELECT COUNT(*) FROM visit_answers WHERE LENGTH(paper_cipher) > 0 AND confirmation_id = '"
			escalations := "SELECT COUNT(*) FROM escalations WHERE visit_id = '" + v.ID + "'"
			if w.count(t, papers+c.ID+"'") != 1 || w.count(t, escalations) != 1 {
				t.Errorf("%s: the number of the paper or the request to the centre is gone", kind)
			}
			if n := w.seenIn(t, other.ID); (n > 0) != (kind == retention.HoldSubject) {
				t.Errorf("%s: %d of the visit for another case are left", kind, n)
			}
			if status, kept, err := w.replicas[0].Erasure(t.Context(), id); err != nil || status.State == rights.Done || kept.Held != 1 {
				t.Errorf("%s: got %+v, %+v, %v, want the hold as a ground", kind, status, kept, err)
			}
			w.lifts(t, h)
			if n := w.seenIn(t, v.ID) + w.seenIn(t, other.ID) + w.count(t, papers+c.ID+"'") + w.count(t, escalations); n != 0 {
				t.Errorf("%s: after the hold %d rows are left", kind, n)
			}
			if n := w.count(t, "SELECT COUNT(*) FROM data_keys k JOIN erasures e ON e.kept_id = k.owner_id"); n != 0 {
				t.Errorf("%s: after the hold the key of what was kept is left", kind)
			}
		}
	})
}

// An erased case takes along what a hold on it had kept.
func TestWindow_AnErasedCaseTakesAlongWhatAHoldKept(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.photographed(t, asked, ann)
		h := w.held(t, retention.HoldCase, asked)
		must[string](t)(w.eraseViewer(t, w.signIn(t, ann), 0))
		wantError(t, w.replicas[0].EraseCase(t.Context(), h.OwnerID, w.now()), retention.ErrHeld)
		if n := w.seenIn(t, v.ID); n != 3 {
			t.Errorf("%d of a visit and its two photos are left", n)
		}
		w.lifts(t, h)
		w.later.Add(int64(48 * time.Hour))
		if err := w.replicas[0].EraseCase(t.Context(), h.OwnerID, w.now()); err != nil {
			t.Fatal(err)
		}
		if n := w.seenIn(t, v.ID); n != 0 {
			t.Errorf("after the hold %d are left", n)
		}
	})
}

// A hold keeps what was seen of a document that is returned: the visit ends with it, and another one begins.
func TestWindow_AHoldKeepsWhatIsReturned(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		for _, kind := range holdKinds() {
			bob := w.document(t, "李四")
			asked := w.open(t, bob)[0]
			v := w.photographed(t, asked, bob)
			h := w.held(t, kind, asked)
			no := w.looked(t, supervisor(), v)
			no.Approve = false
			got := must[window.Visit](t)(w.halls[0].Decide(t.Context(), supervisor(), v.ID, no))
			if got.State != window.Ended || got.Outcome != window.OutcomeReturned || got.ApprovedBy != "" {
				t.Errorf("%s: got %+v", kind, got)
			}
			if kinds := w.kinds(t, v.ID); kinds[len(kinds)-1] != window.KindReturned {
				t.Errorf("%s: the ledger has %v", kind, kinds)
			}
			if e, n := w.disputed(t, supervisor(), v.ID); n != 2 || !e.Document.Same(bob) {
				t.Errorf("%s: got %+v", kind, e)
			}
			must[window.Visit](t)(w.halls[1].Identify(t.Context(), clerk(), w.begun(t, asked).ID, seen(asked, bob)))
			w.later.Add(int64(31 * 24 * time.Hour))
			w.purge(t)
			if n := w.seenIn(t, v.ID); n != 3 {
				t.Errorf("%s: after its time %d of a visit and its two photos are left", kind, n)
			}
			w.lifts(t, h)
			w.purge(t)
			if n := w.seenIn(t, v.ID); n != 1 {
				t.Errorf("%s: after the hold %d are left, want the visit", kind, n)
			}
		}
	})
}

// The hold on a case does not keep the document of the person: nobody is found by it after their erasure.
func TestWindow_AHoldOnACaseKeepsNobodyFindable(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann, w.document(t, "李四"))[0]
		v := w.verified(t, asked, ann)
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)))
		w.held(t, retention.HoldCase, asked)
		viewer := w.signIn(t, ann)
		must[string](t)(w.eraseViewer(t, viewer, 0))
		if n := w.count(t, "SELECT COUNT(*) FROM data_keys WHERE owner_id = '"+viewer.SubjectID+"'"); n != 0 {
			t.Error("the person's key is left")
		}
		if n := w.count(t, "SELECT COUNT(*) FROM subject_keys s JOIN erasures e ON e.kept_id = s.subject_id"); n != 0 {
			t.Error("the subject of what is kept is found by a document")
		}
		_, err := w.halls[0].Identify(t.Context(), clerk(), w.begun(t, asked).ID, seen(asked, ann))
		wantError(t, err, window.ErrNotSigner)
	})
}
