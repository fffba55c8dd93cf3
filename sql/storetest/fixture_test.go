package storetest_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// fixture is one database with two replicas on it, for one test.
type fixture struct {
	t              *testing.T
	store, replica *store.Store
	dsn            string
	keys           []byte // the key file of both
	now            time.Time
}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(f *fixture)) {
	t.Helper()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			keys, err := keyring.Generate(storetest.Now())
			if err != nil {
				t.Fatal(err)
			}
			ring, dsn := openRing(t, keys), engine.New(t)
			test(&fixture{
				t:     t,
				store: storetest.OpenOn(t, dsn, ring), replica: storetest.OpenOn(t, dsn, ring),
				dsn: dsn, keys: keys, now: storetest.Now(),
			})
		})
	}
}

func openRing(t *testing.T, keys []byte) *keyring.Keyring {
	t.Helper()
	ring, err := keyring.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// raw opens the database next to the store, to look at what is really stored.
func (f *fixture) raw(t *testing.T) *sqlx.DB {
	t.Helper()
	driver, dsn, _ := strings.Cut(f.dsn, ":")
	if driver == "sqlite" {
		dsn = "file:" + dsn + "?_pragma=busy_timeout(5000)"
	}
	db, err := sqlx.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (f *fixture) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := f.raw(t).GetContext(t.Context(), &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func id(prefix string) string {
	b := make([]byte, 14)
	rand.Read(b)
	return prefix + hex.EncodeToString(b)
}

func token(s string) [32]byte { return sha256.Sum256([]byte(s)) }

func document(t *testing.T, number, name string) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, number, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ann and bob are two persons; the third character of ann's name takes four bytes in UTF-8.
func ann(t *testing.T) identity.Document {
	t.Helper()
	return document(t, "11010519491231002X", "欧阳𠮷")
}

func bob(t *testing.T) identity.Document {
	t.Helper()
	return document(t, "440524198001010013", "张三")
}

func newSession(user string, now time.Time) session.NewSession {
	ses := id("ses_")
	return session.NewSession{
		ID: ses, TokenHash: token(ses), Channel: identity.Alipay,
		User:   identity.NewChannelUser("2021000000000001", "open_id", user),
		Client: session.Client{Platform: "android", Version: "11.0"},
		Now:    now, IdleUntil: now.Add(session.Idle), Until: now.Add(session.Absolute),
	}
}

func (f *fixture) login(t *testing.T, user string) session.Session {
	t.Helper()
	opened, err := f.store.OpenSession(t.Context(), newSession(user, f.now))
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// startBudgets returns budgets of a start that no test uses up by accident.
func startBudgets(accountID string) verification.StartQuotas {
	return verification.StartQuotas{Starts: manyOf("verifications", accountID), Subjects: manyOf("subjects", accountID)}
}

// manyOf returns a budget that no test uses up by accident.
func manyOf(what, accountID string) policy.Quota {
	return policy.Quota{Scope: what + "|" + accountID, Limit: 1000, Window: time.Hour}
}

// access starts an access verification of face and bank card.
func (f *fixture) access(t *testing.T, ses session.Session, d identity.Document) verification.Verification {
	t.Helper()
	return f.planned(t, ses, d, policy.Face, policy.BankCard)
}

// planned starts an access verification of some checks.
func (f *fixture) planned(t *testing.T, ses session.Session, d identity.Document, kinds ...policy.CheckKind) verification.Verification {
	t.Helper()
	checks := make([]verification.Check, len(kinds))
	for i, kind := range kinds {
		checks[i] = verification.Check{Kind: kind, State: verification.CheckPending}
	}
	v, err := f.store.InsertVerification(t.Context(), verification.Verification{
		ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
		State: verification.Open, Document: d, PolicyDigest: "digest", CreatedAt: f.now, ExpiresAt: f.now.Add(verification.OpenFor),
		Checks: checks,
	}, startBudgets(ses.Account.ID))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// consent accepts the notice on the face.
func (f *fixture) consent(t *testing.T, ses session.Session) verification.Consent {
	t.Helper()
	const kind = notice.Face
	c, err := f.store.InsertConsent(t.Context(), verification.Consent{
		ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, Kind: kind, NoticeID: string(kind), Version: "1",
		NoticeHash: "hash-" + string(kind), AcceptedAt: f.now,
	}, manyOf("consents", ses.Account.ID))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func need(kind notice.Kind, now time.Time) verification.ConsentNeed {
	return verification.ConsentNeed{Kind: kind, NoticeHash: "hash-" + string(kind), Since: now.Add(-verification.ConsentLife)}
}

// reservation is of one try of a check, with the person's own budget and one that counts every start.
func (f *fixture) reservation(v verification.Verification, kind policy.CheckKind) verification.Reservation {
	return verification.Reservation{
		Attempt: verification.Attempt{
			ID: id("att_"), VerificationID: v.ID, SessionID: v.SessionID, AccountID: v.AccountID, SubjectID: v.SubjectID,
			Check: kind, Provider: "alipay", State: verification.AttemptOpen, Undecided: true,
			StartedAt: f.now, ExpiresAt: f.now.Add(verification.FacePass),
		},
		Quotas: []policy.Quota{
			{Scope: string(kind) + "|" + v.AccountID + "|" + v.SubjectID, Limit: 3, Window: 24 * time.Hour},
			{Scope: "starts|" + string(kind) + "|" + v.AccountID, Limit: 10, Window: 24 * time.Hour, Keep: true},
		},
		Consents: []verification.ConsentNeed{need(notice.Face, f.now)},
		Now:      f.now,
	}
}

// reserve reserves a try of the face, which must be there.
func (f *fixture) reserve(t *testing.T, v verification.Verification) verification.Reservation {
	t.Helper()
	r := f.reservation(v, policy.Face)
	if err := f.store.Reserve(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// settled is the settlement of an attempt as the rules write it.
func (f *fixture) settled(a verification.Attempt, state verification.AttemptState, check verification.CheckState) verification.Settlement {
	a.State, a.SettledAt, a.Undecided = state, f.now, state == verification.AttemptUnknown
	return verification.Settlement{
		Attempt: a, From: []verification.AttemptState{verification.AttemptOpen, verification.AttemptUnknown}, Check: check,
	}
}

// pass passes the face, with a picture, and skips the bank card, so that the verification awaits acceptance.
func (f *fixture) pass(t *testing.T, v verification.Verification) {
	t.Helper()
	r := f.reserve(t, v)
	st := f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)
	st.Attempt.Level, st.Portrait = "FACE", []byte("a picture")
	st.Skip = &verification.Check{Kind: policy.BankCard, AttemptID: "att_earlier"}
	st.Verification, st.UsableUntil = verification.AwaitingAcceptance, f.now.Add(verification.UsableFor)
	if err := f.store.Settle(t.Context(), st); err != nil {
		t.Fatal(err)
	}
}

func (f *fixture) acceptance(v verification.Verification) verification.Acceptance {
	return verification.Acceptance{
		SessionID: v.SessionID, VerificationID: v.ID, GrantID: id("grt_"),
		Now: f.now, Until: f.now.Add(verification.GrantFor),
	}
}

// granted is a session that went all the way to a grant for d.
func (f *fixture) granted(t *testing.T, user string, d identity.Document) (session.Session, verification.Verification) {
	t.Helper()
	ses := f.login(t, user)
	f.consent(t, ses)
	v := f.access(t, ses, d)
	f.pass(t, v)
	if _, err := f.store.Accept(t.Context(), f.acceptance(v)); err != nil {
		t.Fatal(err)
	}
	return f.find(t, ses.ID), v
}

func (f *fixture) find(t *testing.T, sessionID string) session.Session {
	t.Helper()
	found, err := f.store.FindSession(t.Context(), token(sessionID), f.now)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func wantError(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}
