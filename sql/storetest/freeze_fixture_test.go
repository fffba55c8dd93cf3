package storetest_test

import (
	"testing"

	"renzheng/identity"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

func viewerOf(ses session.Session) rights.Viewer {
	return rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
}

func (f *fixture) freeze(t *testing.T, ses session.Session) rights.Freeze {
	t.Helper()
	return must[rights.Freeze](t)(f.store.Freeze(t.Context(), viewerOf(ses), f.now))
}

// lifting returns a verification of a session that has passed to lift a freeze.
func (f *fixture) lifting(t *testing.T, user string, d identity.Document) verification.Verification {
	t.Helper()
	ses := f.login(t, user)
	f.consent(t, ses)
	v := must[verification.Verification](t)(f.store.InsertVerification(t.Context(), verification.Verification{
		ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Lift, Channel: "alipay",
		State: verification.Open, Document: d, PolicyDigest: "digest", CreatedAt: f.now, ExpiresAt: f.now.Add(verification.OpenFor),
		Checks: []verification.Check{{Kind: policy.Face, State: verification.CheckPending}},
	}, startBudgets(ses.Account.ID)))
	st := f.settled(f.reserve(t, v).Attempt, verification.AttemptPassed, verification.CheckPassed)
	st.Attempt.Level, st.Verification, st.UsableUntil = "FACE", verification.Passed, f.now.Add(verification.UsableFor)
	if err := f.store.Settle(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	return v
}

// lift lifts the freeze of a person from another session.
func (f *fixture) lift(t *testing.T, user string, d identity.Document) rights.Freeze {
	t.Helper()
	v := f.lifting(t, user, d)
	return must[rights.Freeze](t)(f.replica.Lift(t.Context(), rights.LiftRequest{SessionID: v.SessionID, VerificationID: v.ID, Now: f.now}))
}

// rightsViewer returns the viewer of a todo as the rights name one.
func rightsViewer(v todo.Viewer) rights.Viewer {
	return rights.Viewer{SessionID: v.SessionID, AccountID: v.AccountID, GrantID: v.GrantID, SubjectID: v.SubjectID}
}
