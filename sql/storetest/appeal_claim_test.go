package storetest_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/material"
	"renzheng/retention"
	"renzheng/sql/store"
)

const rawParts, copyParts = "SELECT COUNT(*) FROM appeal_parts WHERE copy_id = ''", "SELECT COUNT(*) FROM appeal_parts WHERE copy_id <> ''"

func claimOf(id, copyID string, now time.Time) appeal.Claim {
	return appeal.Claim{MaterialID: id, CopyID: copyID, Now: now, Until: now.Add(time.Minute), Most: 3, Reason: material.Damaged}
}

// hookedStore calls hook before it reads a part, and fails with the error of the hook.
type hookedStore struct {
	*store.Store

	hook func() error
}

func (s *hookedStore) ReadPart(ctx context.Context, materialID, copyID string, number int) ([]byte, error) {
	if err := s.hook(); err != nil {
		return nil, err
	}
	return s.Store.ReadPart(ctx, materialID, copyID, number)
}

// completer returns a service on the first replica, and a function that adds a material whose only part has arrived.
func (f *fixture) completer(t *testing.T, hook func() error) (s *appeal.Service, added func(a appeal.Appeal) appeal.Material) {
	t.Helper()
	copies := byte('a')
	s = appeal.New(appeal.Deps{
		Appeals: f.store, Materials: &hookedStore{f.store, hook}, Cleaner: material.NewCleaner(), Clock: func() time.Time { return f.now },
		NewID: func(prefix string) (string, error) {
			copies++
			return prefix + string(copies), nil
		},
	})
	return s, func(a appeal.Appeal) appeal.Material {
		photo := pictureOf(t, 640)
		m := must[appeal.Material](t)(s.Add(t.Context(), a.AccountID, a.ID, "document_front", int64(len(photo))))
		if err := s.PutPart(t.Context(), a.AccountID, a.ID, appeal.Part{MaterialID: m.ID, Data: photo}); err != nil {
			t.Fatal(err)
		}
		return m
	}
}

func pictureOf(t *testing.T, side int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, side, side)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Nobody can replace a file between the reading that checks its size and the one that decodes it.
func TestMaterials_StayTheSameWhileChecked(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a := f.appealed(t, f.login(t, "u"), "account_limit")
		var id string
		var s *appeal.Service
		tries, larger := 0, pictureOf(t, 9000)
		s, added := f.completer(t, func() error {
			if tries++; tries > 2 { // the first reading and the second; each takes a dozen transactions, and there is an end to the time
				return nil
			}
			for _, other := range []*store.Store{f.store, f.replica} {
				wantError(t, other.PutPart(ctx, a.AccountID, a.ID, appeal.Part{MaterialID: id, Data: larger}), appeal.ErrNotOpen)
				wantError(t, other.RemoveMaterial(ctx, a.AccountID, a.ID, id, f.now), appeal.ErrNotOpen)
				wantError(t, other.PutCopy(ctx, appeal.Part{MaterialID: id, CopyID: "cpy_other"}), appeal.ErrNotOpen)
			}
			wantError(t, s.PutPart(ctx, a.AccountID, a.ID, appeal.Part{MaterialID: id, Data: larger}), appeal.ErrNotOpen)
			_, err := s.Complete(ctx, a.AccountID, a.ID, id)
			wantError(t, err, appeal.ErrChecking)
			return nil
		})
		id = added(a).ID
		done := must[appeal.Material](t)(s.Complete(ctx, a.AccountID, a.ID, id))
		if done.State != appeal.Ready || done.Info.Width != 640 || tries == 0 || f.count(t, rawParts) != 0 || f.count(t, copyParts) != 1 {
			t.Errorf("got %+v after %d tries to change it", done, tries)
		}
		again := must[appeal.Material](t)(s.Complete(ctx, a.AccountID, a.ID, id))
		if again.CopyID != done.CopyID {
			t.Errorf("it was checked again")
		}
	})
}

// After a check that failed the material can be changed again, and no copy is left, even if the request has ended.
func TestMaterials_AreGivenBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		a := f.appealed(t, f.login(t, "u"), "account_limit")
		ctx, cancel := context.WithCancel(t.Context())
		broken := true
		s, added := f.completer(t, func() error {
			if broken {
				cancel()
				return context.Canceled
			}
			return nil
		})
		m := added(a)
		_, err := s.Complete(ctx, a.AccountID, a.ID, m.ID)
		wantError(t, err, context.Canceled)
		got := must[appeal.Material](t)(f.replica.Material(t.Context(), a.AccountID, a.ID, m.ID))
		if got.State != appeal.Uploading || len(got.Received) != 1 || got.CopyID != "" {
			t.Errorf("got %+v, want it uploading with its part", got)
		}
		broken = false
		if done := must[appeal.Material](t)(s.Complete(t.Context(), a.AccountID, a.ID, m.ID)); done.State != appeal.Ready {
			t.Errorf("got %+v", done)
		}
	})
}

// A server that ends during a check leaves a claim and a copy. Both last until the next claim, and the third claim is the last.
func TestMaterials_ClaimsAreBounded(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a := f.appealed(t, f.login(t, "u"), "account_limit")
		_, added := f.completer(t, func() error { return nil })
		m := added(a)
		now := f.now
		for range 4 { // which do not count
			waited := appeal.Release{MaterialID: m.ID, CopyID: "cpy_0", Uncounted: true}
			if err := errors.Join(f.store.ClaimMaterial(ctx, a.AccountID, a.ID, claimOf(m.ID, "cpy_0", now)), f.store.ReleaseMaterial(ctx, waited)); err != nil {
				t.Fatal(err)
			}
		}
		for _, copyID := range []string{"cpy_1", "cpy_2", "cpy_3"} {
			if err := f.store.ClaimMaterial(ctx, a.AccountID, a.ID, claimOf(m.ID, copyID, now)); err != nil {
				t.Fatal(err)
			}
			wantError(t, f.replica.ClaimMaterial(ctx, a.AccountID, a.ID, claimOf(m.ID, "cpy_9", now.Add(time.Minute-1))), appeal.ErrChecking)
			err := errors.Join(f.store.PutCopy(ctx, appeal.Part{MaterialID: m.ID, CopyID: copyID, Data: []byte("a")}),
				f.replica.PutCopy(ctx, appeal.Part{MaterialID: m.ID, CopyID: copyID, Number: 1, Data: []byte("b")}))
			if n := f.count(t, copyParts); err != nil || n != 2 {
				t.Fatalf("got %v, %d parts of copies, want 2", err, n)
			}
			now = now.Add(time.Minute)
		}
		lost := appeal.Material{ID: m.ID, CopyID: "cpy_1", State: appeal.Ready}
		for _, err := range []error{
			f.store.FinishMaterial(ctx, lost), f.store.ReleaseMaterial(ctx, appeal.Release{MaterialID: m.ID, CopyID: "cpy_1"}),
			f.store.PutCopy(ctx, appeal.Part{MaterialID: m.ID, CopyID: "cpy_1"}),
		} {
			wantError(t, err, appeal.ErrNotOpen)
		}
		wantError(t, f.replica.ClaimMaterial(ctx, a.AccountID, a.ID, claimOf(m.ID, "cpy_4", now)), appeal.ErrNotOpen)
		got := must[appeal.Material](t)(f.store.Material(ctx, a.AccountID, a.ID, m.ID))
		if got.State != appeal.Rejected || got.Reason != material.Damaged || f.count(t, rawParts)+f.count(t, copyParts) != 0 {
			t.Errorf("got %+v, want it rejected without parts", got)
		}
		if err := f.store.RemoveMaterial(ctx, a.AccountID, a.ID, m.ID, now); err != nil {
			t.Error(err)
		}
	})
}

// What reviewers decide on does not change once a decision is proposed (R52).
func TestMaterials_ArriveBeforeTheProposal(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, _ := f.asked(t)
		late := must[appeal.Material](t)(f.store.AddMaterial(ctx, a.AccountID, pictureFor(a, "document_back", f.now)))
		part := appeal.Part{MaterialID: late.ID, Data: []byte("as it was")}
		err := errors.Join(f.store.PutPart(ctx, a.AccountID, a.ID, part), f.replica.ClaimMaterial(ctx, a.AccountID, a.ID, claimOf(late.ID, "cpy_1", f.now)))
		if err != nil {
			t.Fatal(err)
		}
		early := f.sent(t, a, "document_back")
		if err = f.store.Propose(ctx, actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.Stands}); err != nil {
			t.Fatal(err)
		}
		read := must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, reviewers[1], a.ID, f.now))
		late.CopyID, late.State, late.Info.MediaType = "cpy_1", appeal.Ready, "image/jpeg"
		wantError(t, f.replica.PutCopy(ctx, appeal.Part{MaterialID: late.ID, CopyID: late.CopyID, Data: []byte("too late")}), appeal.ErrNotOpen)
		wantError(t, f.replica.FinishMaterial(ctx, late), appeal.ErrNotOpen)
		again := must[appeal.Appeal](t)(f.replica.ReadAppeal(ctx, reviewers[1], a.ID, f.now))
		if len(read.Materials) != 2 || len(again.Materials) != 2 || again.Version != read.Version || read.Materials[0].ID == late.ID || read.Materials[1].ID == late.ID {
			t.Errorf("got %v and then %v, want the first one and %s", read.Materials, again.Materials, early.ID)
		}
		if got := must[retention.Batch](t)(f.store.PurgeCut(ctx, retention.Cut{Class: retention.Materials, Before: f.now.Add(8 * day)}, f.now.Add(8*day), 100)); got.Gone != 0 {
			t.Errorf("%d materials are gone before the decision", got.Gone)
		}
	})
}

// A material becomes ready only while the appeal takes materials, whatever the row of the material says.
func TestMaterials_BelongToAnOpenAppeal(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, _ := f.asked(t)
		before := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).Version
		m := f.sent(t, a, "document_back")
		if after := must[appeal.Appeal](t)(f.replica.Appeal(ctx, a.AccountID, a.ID)).Version; after < before+2 {
			t.Errorf("the appeal went from version %d to %d, want one for the announcement and one for the end of the upload", before, after)
		}
		for _, statement := range []string{"UPDATE appeals SET state = 'proposed'", "UPDATE appeal_materials SET state = 'checking', copy_id = 'cpy_1' WHERE item = 'document_back'"} {
			if _, err := f.raw(t).ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
		m.CopyID = "cpy_1"
		wantError(t, f.store.FinishMaterial(ctx, m), appeal.ErrNotOpen)
	})
}

// What answers a question is kept as what was submitted, and something required cannot be taken away on the occasion.
func TestMaterials_OfAnAnswerAreKept(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, front := f.asked(t)
		f.sent(t, a, "document_back")
		half := must[appeal.Material](t)(f.store.AddMaterial(ctx, a.AccountID, pictureFor(a, "document_back", f.now)))
		if err := f.store.RemoveMaterial(ctx, a.AccountID, a.ID, front.ID, f.now); err != nil {
			t.Fatal(err)
		}
		reply := appeal.Reply{AccountID: a.AccountID, ID: a.ID, Text: identity.NewSecret("昨天"), Required: []string{"document_front"}, Now: f.now}
		wantError(t, f.replica.Answer(ctx, reply), appeal.ErrIncomplete)
		if got := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)); got.State != appeal.Question || len(got.Messages) != 1 || len(got.Materials) != 2 {
			t.Errorf("got %v, want the question as it was", got)
		}
		f.sent(t, a, "document_front")
		if err := f.store.Answer(ctx, reply); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.replica.Answer(ctx, reply), appeal.ErrNotOpen)
		got := must[retention.Batch](t)(f.store.PurgeCut(ctx, retention.Cut{Class: retention.Materials, Before: f.now.Add(8 * day)}, f.now.Add(8*day), 100))
		if n := f.count(t, "SELECT COUNT(*) FROM appeal_materials WHERE state = 'ready'"); got.Gone != 0 || n != 2 || f.count(t, "SELECT COUNT(*) FROM appeal_materials WHERE id = '"+half.ID+"'") != 0 {
			t.Errorf("%d gone, %d ready, want both pictures of the answer and nothing else", got.Gone, n)
		}
	})
}

// asked submits an appeal with a picture, and asks its person a question.
func (f *fixture) asked(t *testing.T) (appeal.Appeal, appeal.Material) {
	t.Helper()
	a, m := f.submitted(t, f.login(t, "u"))
	if err := f.store.Ask(t.Context(), actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Message{FromStaff: true, Text: identity.NewSecret("哪一天？"), At: f.now}); err != nil {
		t.Fatal(err)
	}
	return a, m
}

func pictureFor(a appeal.Appeal, item string, now time.Time) appeal.Material {
	return appeal.Material{AppealID: a.ID, Item: item, Kind: material.Picture, Bytes: 9, Parts: 1, CreatedAt: now}
}
