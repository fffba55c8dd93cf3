package storetest_test

import (
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/staff"
)

func officer(t *testing.T, reference string, f *fixture) rights.StaffAccess {
	t.Helper()
	m := staff.Member{ID: "stf_0123456789abcdef0123456789abcdef", Roles: []staff.Role{staff.Officer}, Office: "320500"}
	return must[rights.StaffAccess](t)(rights.NewStaffAccess(m, staff.ForCorrection, reference, f.now))
}

func TestReveal_IsStoredForThePersonAndTheAuditor(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, _ := f.granted(t, "u", ann(t))
		v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
		asked := must[rights.Correction](t)(f.store.RequestCorrection(ctx, v,
			rights.Correction{Field: "name", Text: identity.NewSecret("不对"), CreatedAt: f.now}, 5, day))
		c := must[rights.Correction](t)(f.replica.RevealCorrection(ctx, officer(t, asked.ID, f)))
		d := must[identity.Document](t)(f.replica.RevealDocument(ctx, officer(t, asked.ID, f)))
		if c.Text.Reveal() != "不对" || d.Number != ann(t).Number {
			t.Errorf("got %q and another document", c.Text.Reveal())
		}
		seen := must[[]rights.StaffAccess](t)(f.store.Reveals(ctx, v, f.now, 10))
		if len(seen) != 2 || seen[0].Role != staff.Officer || seen[0].Purpose != staff.ForCorrection || seen[0].Member.Office != "320500" || !seen[0].At.Equal(f.now) {
			t.Errorf("the person sees %+v", seen)
		}
		if all := must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now.Add(day)}, 10)); len(all) != 2 || all[0].Reference != asked.ID {
			t.Errorf("the auditor sees %+v", all)
		}
		other, _ := f.granted(t, "w", bob(t))
		stranger := rights.Viewer{SessionID: other.ID, AccountID: other.Account.ID, GrantID: other.Grant.ID, SubjectID: other.Grant.SubjectID}
		if theirs := must[[]rights.StaffAccess](t)(f.store.Reveals(ctx, stranger, f.now, 10)); len(theirs) != 0 {
			t.Errorf("somebody else sees %d reveals", len(theirs))
		}
	})
}

func TestReveal_WithoutARowShowsNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, _ := f.granted(t, "u", ann(t))
		v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
		asked := must[rights.Correction](t)(f.store.RequestCorrection(ctx, v,
			rights.Correction{Field: "name", Text: identity.NewSecret("不对"), CreatedAt: f.now}, 5, day))
		own := officer(t, asked.ID, f)
		own.Member.Subject = hex.EncodeToString(openRing(t, f.keys).Hash(keyring.ForSubject, string(ann(t).Type), ann(t).Number.Reveal()))
		_, err := f.store.RevealCorrection(ctx, own)
		wantError(t, err, rights.ErrOwn)
		_, err = f.store.RevealDocument(ctx, own)
		wantError(t, err, rights.ErrOwn)
		_, err = f.store.RevealCorrection(ctx, officer(t, "cor_0123456789abcdef0123456789abcdef", f))
		wantError(t, err, rights.ErrNotFound)
		for _, m := range []staff.Member{{Roles: []staff.Role{staff.Operator, staff.Auditor}}, {}, {Roles: []staff.Role{staff.Clerk}}} {
			_, err = rights.NewStaffAccess(m, staff.ForCorrection, asked.ID, f.now)
			wantError(t, err, rights.ErrPurpose)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM staff_accesses"); n != 0 {
			t.Errorf("got %d rows of reveals that did not happen", n)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM corrections WHERE read_at > 0"); n != 0 {
			t.Error("the person is told that the request was read")
		}
	})
}

// worksOn does what members of staff do, among it with a request of a person for correction.
func (f *fixture) worksOn(t *testing.T, ses session.Session) {
	t.Helper()
	ctx := t.Context()
	n := f.staffSignIn("1", "a")
	must[staff.Session](t)(f.store.OpenStaffSession(ctx, n))
	must[staff.Session](t)(f.store.OpenStaffSession(ctx, f.staffSignIn("2", "b")))
	must[staff.Session](t)(f.store.FindStaffSession(ctx, n.TokenHash, f.now))
	for _, l := range []staff.Logout{{Issuer: "i", Subject: "3", IssuedAt: f.now}, {Issuer: "i", SessionID: "c", IssuedAt: f.now}} {
		must[int](t)(f.store.EndStaffSessions(ctx, l, f.now))
	}
	v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
	asked := must[rights.Correction](t)(f.store.RequestCorrection(ctx, v, rights.Correction{Field: "name", Text: identity.NewSecret("不对"), CreatedAt: f.now}, 5, day))
	must[rights.Correction](t)(f.store.RevealCorrection(ctx, officer(t, asked.ID, f)))
	must[identity.Document](t)(f.store.RevealDocument(ctx, officer(t, asked.ID, f)))
	must[rights.Correction](t)(f.store.SealedCorrection(ctx, asked.ID))
	must[[]rights.StaffAccess](t)(f.store.Reveals(ctx, v, f.now, 10))
	must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now}, 10))
	must[[]rights.ErasureStatus](t)(f.store.ErasureList(ctx, false, 10))
	must[[]rights.ErasureStatus](t)(f.store.ErasureList(ctx, true, 10))
	settled := rights.Settlement{ID: asked.ID, Outcome: rights.Declined, Ground: identity.NewSecret("已核对"), By: "stf_1", At: f.now}
	if err := errors.Join(f.store.RenewStaffSession(ctx, n.ID, f.now.Add(time.Hour), f.now), f.store.SettleCorrection(ctx, settled), f.store.CloseStaffSession(ctx, n.ID, f.now)); err != nil {
		t.Fatal(err)
	}
}
