package storetest_test

import (
	"bytes"
	"errors"
	"image/png"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/material"
	"renzheng/material/materialtest"
	"renzheng/receipt"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// padded is an answer that the person signed on a pad.
func (w *windowFixture) padded(v window.Visit, t todo.Todo) todo.WindowRequest {
	r := signed(v, t)
	r.Manner, r.Paper, r.Strokes = todo.SignedPad, "", strokes(w.next())
	return r
}

// scanned is an answer that the person signed on a paper of two pages.
func scanned(t *testing.T, v window.Visit, of todo.Todo) todo.WindowRequest {
	t.Helper()
	r := signed(v, of)
	page := materialtest.PhotoJPEG(t)
	r.Scan = [][]byte{page, materialtest.WithSegment(page, 0xfe, []byte(materialtest.Secret))}
	return r
}

// filed returns the evidence that the registry fetches, as it is filed, after it was checked against the receipt.
func (f *todoFixture) filed(t *testing.T, c todo.Confirmation) (todo.Evidence, receipt.Statement) {
	t.Helper()
	e := must[todo.Evidence](t)(f.rules[1].GetEvidence(t.Context(), answerOf(c)))
	report := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), f.ring.JWKS()))
	must[receipt.Evidence](t)(todo.CheckEvidence(must[[]byte](t)(e.File().Encode()), report))
	return e, report.Statement
}

// The receipt of an answer that was signed on a pad has the handwriting, which the registry gets as of any other answer.
func TestWindow_SignsOnAPad(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		r := w.padded(v, asked)
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), r))
		if again := must[todo.Confirmation](t)(w.rules[1].AnswerAtWindow(t.Context(), clerk(), r)); again.Receipt != c.Receipt {
			t.Error("a repetition has another receipt")
		}
		e, s := w.filed(t, c)
		if s.Window.Manner != receipt.SignedPad || s.Handwriting == receipt.None || s.Portrait != receipt.None || s.Scan != "" || s.StatementBy != receipt.Authority {
			t.Errorf("got %+v", s)
		}
		if _, err := png.Decode(bytes.NewReader(e.Handwriting)); err != nil || len(e.File().Scan) > 0 {
			t.Errorf("the handwriting: %v", err)
		}
		later := w.open(t, ann)[0]
		v = w.verified(t, later, ann)
		other := w.padded(v, later)
		other.Strokes = r.Strokes
		_, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), other)
		wantRejected(t, err, todo.CodeStrokesReused)
		other.Strokes = "AQ"
		_, err = w.rules[0].AnswerAtWindow(t.Context(), clerk(), other)
		wantRejected(t, err, todo.CodeStrokesInvalid)
		for name, wrong := range map[string]todo.WindowRequest{
			"no handwriting":   {Manner: todo.SignedPad},
			"strokes on paper": {Manner: todo.SignedPaper, Paper: "1", Strokes: r.Strokes},
			"another manner":   {Manner: "signed_air", Strokes: r.Strokes},
		} {
			wrong.VisitID, wrong.TodoID, wrong.Decision, wrong.Revision, wrong.ContentDigest = v.ID, later.ID, todo.DecisionDoneAtWindow, later.Revision, later.ContentDigest
			if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), wrong); !errors.Is(err, todo.ErrManner) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

// A person who declines signs that on the pad too. Somebody who cannot write signs nothing.
func TestWindow_DeclinesOnAPad(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		r := w.padded(w.verified(t, asked, ann), asked)
		r.Decision, r.Reason = todo.DecisionDeclined, todo.NotAgreed
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), r))
		if e, s := w.filed(t, c); s.Decision != receipt.Declined || s.Handwriting == receipt.None || e.Handwriting == nil {
			t.Errorf("got %+v", s)
		}
		bob := w.document(t, "李四")
		asked = w.open(t, bob)[0]
		unable := seen(asked, bob)
		unable.Unable, unable.Witness = true, identity.NewSecret("王五")
		v := must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), w.begun(t, asked).ID, unable))
		v = must[window.Visit](t)(w.halls[0].Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
		must[[]window.VisitTodo](t)(w.halls[0].Todos(t.Context(), clerk(), v.ID))
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), w.padded(v, asked)); !errors.Is(err, todo.ErrManner) {
			t.Errorf("cannot write: got %v", err)
		}
	})
}

// The registry gets the pages that the receipt commits to, cleaned. They go with the answer's evidence, and the receipt verifies on.
func TestWindow_ScansTheSignedPaper(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), scanned(t, w.verified(t, asked, ann), asked)))
		e, s := w.filed(t, c)
		pages := e.File().Scan
		if len(pages) != 2 || s.Scan == "" || s.Window.Manner != receipt.SignedPaper || s.Handwriting != receipt.None {
			t.Fatalf("got %d pages, %+v", len(pages), s)
		}
		for _, page := range pages {
			if !materialtest.IsClean(material.Picture, page) || bytes.Contains(page, []byte(materialtest.Secret[:12])) {
				t.Error("something of the file is left")
			}
		}
		e.Confirmation.Scan = slices.Clone(pages)
		e.Confirmation.Scan[0] = append(slices.Clone(pages[0]), 0)
		report := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), w.ring.JWKS()))
		for name, wrong := range map[string][][]byte{"another page": e.Confirmation.Scan, "one page": pages[:1], "none": nil} {
			e.Confirmation.Scan = wrong
			if _, err := todo.CheckEvidence(must[[]byte](t)(e.File().Encode()), report); !errors.Is(err, receipt.ErrEvidence) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans WHERE LENGTH(picture_cipher) > 1000"); n != 2 {
			t.Errorf("got %d sealed pages", n)
		}
		if err := w.replicas[0].EraseCase(t.Context(), c.CaseRow, w.now()); err != nil {
			t.Fatal(err)
		}
		_, err := w.rules[0].GetEvidence(t.Context(), answerOf(c))
		wantRejected(t, err, todo.CodeEvidenceErased)
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans"); n != 0 {
			t.Errorf("%d pages are left", n)
		}
		must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), w.ring.JWKS()))
	})
}

// A scan is the person's signature: it stays as the evidence of their answer when they are erased, and goes when its period ends.
func TestWindow_KeepsAScanAsLongAsTheEvidence(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), scanned(t, w.verified(t, asked, ann), asked)))
		viewer := w.signIn(t, ann)
		v := rights.Viewer{SessionID: viewer.SessionID, AccountID: viewer.AccountID, GrantID: viewer.GrantID, SubjectID: viewer.SubjectID}
		rows := must[rights.Copy](t)(w.replicas[0].Copy(t.Context(), v, w.now()))["answer_scans"]
		if len(rows) != 2 {
			t.Fatalf("the copy has %d pages", len(rows))
		}
		page := must[[]byte](t)(w.replicas[0].CopyScan(t.Context(), v, rows[0].Text("id"), w.now()))
		if !materialtest.IsClean(material.Picture, page) {
			t.Error("the copy has another page")
		}
		stranger := w.signIn(t, w.document(t, "李四"))
		other := rights.Viewer{SessionID: stranger.SessionID, AccountID: stranger.AccountID, GrantID: stranger.GrantID, SubjectID: stranger.SubjectID}
		if _, err := w.replicas[0].CopyScan(t.Context(), other, rows[0].Text("id"), w.now()); !errors.Is(err, rights.ErrNotFound) {
			t.Errorf("another person: got %v", err)
		}
		if _, err := w.eraseViewer(t, viewer, 0); err != nil {
			t.Fatal(err)
		}
		if e, _ := w.filed(t, c); len(e.File().Scan) != 2 {
			t.Error("the evidence lacks the scan after the erasure")
		}
		w.later.Add(int64(1096 * 24 * time.Hour))
		w.purge(t)
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans"); n != 0 {
			t.Errorf("%d pages are left", n)
		}
	})
}

func TestWindow_RejectsAScan(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		answer := func(change func(*todo.WindowRequest)) error {
			r := signed(v, asked)
			change(&r)
			_, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), r)
			return err
		}
		err := answer(func(r *todo.WindowRequest) { r.Scan = [][]byte{[]byte("%PDF-1.7")} })
		if material.ReasonOf(err) != material.KindUnknown {
			t.Errorf("a PDF: got %v", err)
		}
		wantError(t, answer(func(r *todo.WindowRequest) { r.Scan = slices.Repeat([][]byte{{1}}, todo.MaxScanPages+1) }), todo.ErrScan)
		wantError(t, answer(func(r *todo.WindowRequest) { r.Manner, r.Paper, r.Scan = todo.SignedPad, "", [][]byte{{1}} }), todo.ErrPaper)
		w.rules[0].ScanRequired = func(office string) bool { return office == "hall-1" }
		wantError(t, answer(func(*todo.WindowRequest) {}), todo.ErrScan)
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans") + w.count(t, "SELECT COUNT(*) FROM visit_answers"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
		if err := answer(func(r *todo.WindowRequest) { r.Scan = scanned(t, v, asked).Scan }); err != nil {
			t.Error(err)
		}
	})
}

// Two clerks answer at once, one with a pad and one with a paper: one answer is written, with its own signature, and the other clerk
// learns that it is not theirs.
func TestWindow_TakesOneOfTwoSignatures(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		requests := []todo.WindowRequest{w.padded(v, asked), scanned(t, v, asked)}
		given, errs := make([]todo.Confirmation, len(requests)), make([]error, len(requests))
		var wait sync.WaitGroup
		for i, r := range requests {
			wait.Go(func() { given[i], errs[i] = w.rules[i].AnswerAtWindow(t.Context(), member(i+5, staff.Clerk), r) })
		}
		wait.Wait()
		taken := slices.Index(errs, nil)
		if taken < 0 {
			t.Fatalf("no answer was taken: %v", errs)
		}
		var rejected *todo.RejectedError
		if !errors.As(errs[1-taken], &rejected) || rejected.Code != todo.CodeAlreadyAnswered || rejected.Confirmation == nil || rejected.Confirmation.ID != given[taken].ID {
			t.Errorf("the other signature: got %v, want the answer %s", errs[1-taken], given[taken].ID)
		}
		e, s := w.filed(t, given[taken])
		if pad := s.Window.Manner == receipt.SignedPad; pad != (taken == 0) || pad != (e.Handwriting != nil) || pad == (len(e.File().Scan) == 2) {
			t.Errorf("request %d was taken: got %s with %d pages", taken, s.Window.Manner, len(e.File().Scan))
		}
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans"); n != len(e.File().Scan) {
			t.Errorf("%d pages are stored", n)
		}
	})
}

// Nothing is signed after the visit ended, at another office, or on what was not shown.
func TestWindow_SignsOnlyInItsVisit(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		elsewhere := clerk()
		elsewhere.Office = "hall-2"
		for _, r := range []todo.WindowRequest{w.padded(v, asked), scanned(t, v, asked)} {
			if _, err := w.rules[0].AnswerAtWindow(t.Context(), elsewhere, r); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("another office: got %v", err)
			}
			changed := r
			changed.ContentDigest = "another"
			_, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), changed)
			wantRejected(t, err, todo.CodeRevisionStale)
		}
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, window.OutcomeLeft))
		for _, r := range []todo.WindowRequest{w.padded(v, asked), scanned(t, v, asked)} {
			if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), r); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("after the end: got %v", err)
			}
		}
		if n := w.count(t, "SELECT COUNT(*) FROM answer_scans") + w.count(t, "SELECT COUNT(*) FROM strokes_used"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

// codeOf returns why an answer was rejected, or "" if that is not what the error says.
func codeOf(err error) string {
	if r, ok := errors.AsType[*todo.RejectedError](err); ok {
		return r.Code
	}
	return ""
}

// A member who sends one person's strokes for another is noticed, at any office and also at once. What is remembered for it names nobody
// and goes with the evidence.
func TestWindow_TakesNoHandwritingForTwoPersons(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		const persons = 4
		var asked []todo.Todo
		var answers []todo.WindowRequest
		for range persons {
			d := w.document(t, "张三")
			of := w.open(t, d)[0]
			r := w.padded(w.verified(t, of, d), of)
			if len(answers) > 0 {
				r.Strokes = answers[0].Strokes
			}
			asked, answers = append(asked, of), append(answers, r)
		}
		var all sync.WaitGroup
		var taken, rejected atomic.Int64
		for n, r := range answers {
			all.Go(func() {
				_, err := w.rules[n%2].AnswerAtWindow(t.Context(), clerk(), r)
				switch {
				case err == nil:
					taken.Add(1)
				case codeOf(err) == todo.CodeStrokesReused:
					rejected.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		entries := w.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE kind = 'visit.strokes_reused'")
		if taken.Load() != 1 || rejected.Load() != persons-1 || entries != persons-1 {
			t.Errorf("%d were taken, %d rejected with %d entries", taken.Load(), rejected.Load(), entries)
		}
		for n, r := range answers {
			r.Strokes = strokes(w.next())
			_, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), r)
			if err != nil && codeOf(err) != todo.CodeAlreadyAnswered {
				t.Errorf("with a handwriting of their own, person %d: %v", n, err)
			}
		}
		for _, of := range asked {
			c := must[todo.Case](t)(w.rules[0].GetCase(t.Context(), of.RegistryID, of.CaseID))
			if err := w.replicas[0].EraseCase(t.Context(), c.ID, w.now()); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.count(t, "SELECT COUNT(*) FROM strokes_used"); n != 0 {
			t.Errorf("%d hashes are left", n)
		}
	})
}
