package storetest_test

import (
	"bytes"
	"errors"
	"image/png"
	"testing"
	"time"

	"renzheng/receipt"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// answerOf names the newest answer of the signer who gave c.
func answerOf(c todo.Confirmation) todo.EvidenceQuery {
	return todo.EvidenceQuery{RegistryID: "sd", CaseID: c.CaseID, SignerID: c.SignerID}
}

func TestEvidence_HoldsWhatTheReceiptCommitsTo(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			c, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			early := must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c.Confirmation)))
			late := must[todo.Evidence](t)(f.rules[1].GetEvidence(t.Context(), answerOf(c.Confirmation)))
			if !bytes.Equal(early.Handwriting, late.Handwriting) {
				t.Error("the other replica draws another picture")
			}
			if _, err = png.Decode(bytes.NewReader(late.Handwriting)); err != nil {
				t.Error(err)
			}
			f.verified(t, late.Confirmation)
			if string(late.Portrait) != "picture of "+r.VerificationID {
				t.Errorf("got a portrait of %d bytes", len(late.Portrait))
			}
			if !receipt.Opens(todo.ContentDomain, late.Todo.ContentSalt, late.Todo.Content, receipt.Commitment(c.ContentDigest)) {
				t.Error("the content is not the one that was shown")
			}
			for name, asked := range map[string]todo.EvidenceQuery{
				"another registry": {RegistryID: "gd", CaseID: c.CaseID, SignerID: c.SignerID},
				"another revision": {RegistryID: "sd", CaseID: c.CaseID, SignerID: c.SignerID, Revision: c.Revision + 1},
				"another signer":   {RegistryID: "sd", CaseID: c.CaseID, SignerID: "s1"},
			} {
				if _, err = f.rules[0].GetEvidence(t.Context(), asked); !errors.Is(err, todo.ErrNotFound) {
					t.Errorf("%s: got %v, want not found", name, err)
				}
			}
		})
	}
}

func TestEvidence_PortraitGoesAfterThirtyDays(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			c, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			fetch := func() []byte {
				return must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c.Confirmation))).Portrait
			}
			f.later.Add(int64(90 * 24 * time.Hour))
			f.purge(t)
			if fetch() == nil {
				t.Error("the portrait went before it was fetched")
			}
			f.later.Add(int64(todo.PortraitKept - time.Second))
			f.purge(t)
			if fetch() == nil { // a second fetch puts nothing off
				t.Error("the portrait went before its time")
			}
			f.later.Add(int64(time.Second))
			f.purge(t)
			if fetch() != nil {
				t.Error("the portrait outlived its time")
			}
		})
	}
}

func TestEvidence_DeclinedHasNoPictures(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, yes := f.ready(t, f.document(t, "张三"))
			c, err := f.rules[0].DeclineTodo(t.Context(), v, todo.DeclineRequest{
				TodoID: yes.TodoID, Revision: yes.Revision, ContentDigest: yes.ContentDigest, Reason: todo.NotAgreed,
			})
			if err != nil {
				t.Fatal(err)
			}
			e := must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c.Confirmation)))
			if e.Portrait != nil || e.Handwriting != nil || e.Confirmation.Reason != todo.NotAgreed {
				t.Errorf("got pictures or reason %q with a refusal", e.Confirmation.Reason)
			}
		})
	}
}

// However often a registry fetches an answer, the audit has a row a day, and an end (R64).
func TestEvidence_FetchesAreCountedByDayAndPurged(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			u := newUnfetched(t, engine)
			db := &fixture{t: t, dsn: u.dsn}
			for _, later := range []time.Duration{0, 0, 0, day, day} {
				u.later.Store(int64(later))
				must[todo.Evidence](t)(u.rules[0].GetEvidence(t.Context(), answerOf(u.answer)))
			}
			if rows, n := db.count(t, "SELECT COUNT(*) FROM evidence_fetches"), db.count(t, "SELECT SUM(fetches) FROM evidence_fetches"); rows != 2 || n != 5 {
				t.Errorf("got %d rows of %d fetches, want 2 of 5", rows, n)
			}
			u.after(t, 3*365*day-day)
			if n := db.count(t, "SELECT COUNT(*) FROM evidence_fetches"); n != 2 {
				t.Errorf("got %d rows within three years, want 2", n)
			}
			u.after(t, 3*365*day+2*day)
			if n := db.count(t, "SELECT COUNT(*) FROM evidence_fetches"); n != 0 {
				t.Errorf("got %d rows after three years, want none", n)
			}
		})
	}
}
