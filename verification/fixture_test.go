package verification_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// fixture is a service on a real store, with a clock that the test moves and
// providers that follow its script.
type fixture struct {
	*verification.Service

	deps  verification.Deps
	rows  *store.Store
	faces *fakeFaces
	cards *fakeCards

	mu       sync.Mutex
	now      time.Time
	accounts int
}

func newFixture(t *testing.T, changes ...func(*verification.Deps)) *fixture {
	t.Helper()
	w := &fixture{rows: storetest.Open(t), now: storetest.Now(), faces: &fakeFaces{}, cards: &fakeCards{}}
	w.deps = verification.Deps{
		Store: w.rows, Prefills: prefills{w},
		Faces:     map[string]verification.FaceChecker{"alipay": w.faces},
		BankCards: map[string]verification.BankCardChecker{"tencentcloud": w.cards},
		Policy:    defaultPolicy(t), Notices: defaultNotices(t), Limits: policy.DefaultLimits(),
		Clock: w.clock, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler),
	}
	for _, change := range changes {
		change(&w.deps)
	}
	w.Service = verification.New(w.deps)
	return w
}

func (w *fixture) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *fixture) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// login opens a session of a new account.
func (w *fixture) login(t *testing.T) verification.Actor {
	t.Helper()
	w.accounts++
	user := identity.NewChannelUser("app", "open_id", "user-"+strconv.Itoa(w.accounts))
	return w.loginAs(t, user)
}

// userOf returns the channel's id of an account.
func (w *fixture) userOf(t *testing.T, a verification.Actor) identity.ChannelUser {
	t.Helper()
	user, err := w.rows.ChannelUser(t.Context(), a.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

// loginAs opens one more session of an account.
func (w *fixture) loginAs(t *testing.T, user identity.ChannelUser) verification.Actor {
	t.Helper()
	id := "ses_" + rand.Text()
	now := w.clock()
	opened, err := w.rows.OpenSession(t.Context(), session.NewSession{
		ID: id, TokenHash: sha256.Sum256([]byte(id)), Channel: identity.Alipay, User: user,
		Now: now, IdleUntil: now.Add(session.Absolute), Until: now.Add(session.Absolute),
	})
	if err != nil {
		t.Fatal(err)
	}
	return verification.Actor{
		SessionID: opened.ID, AccountID: opened.Account.ID, Channel: "alipay",
	}
}

// loginWithConsents is login with every notice accepted.
func (w *fixture) loginWithConsents(t *testing.T) verification.Actor {
	t.Helper()
	a := w.login(t)
	w.acceptNotices(t, a, policy.Confirm)
	return a
}

func (w *fixture) acceptNotices(t *testing.T, a verification.Actor, purpose policy.Purpose) {
	t.Helper()
	refs := references(w.NoticesFor(notice.Query{Channel: "alipay", Purpose: purpose}))
	refs = append(refs, references(w.NoticesFor(notice.Query{}))...)
	if _, err := w.AcceptNotices(t.Context(), a, refs); err != nil {
		t.Fatal(err)
	}
}

func references(notices []notice.Notice) []notice.Ref {
	refs := make([]notice.Ref, len(notices))
	for i, n := range notices {
		refs[i] = notice.Ref{ID: n.ID, Version: n.Version, Hash: n.Hash}
	}
	return refs
}

// start begins access for a typed document.
func (w *fixture) start(t *testing.T, a verification.Actor, d identity.Document) verification.View {
	t.Helper()
	view, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// face plays one face to its end.
func (w *fixture) face(t *testing.T, a verification.Actor, id string, end faceAnswer) (verification.View, verification.Attempt) {
	t.Helper()
	_, attempt, err := w.StartFace(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	w.faces.respondWith(end)
	return w.finishFace(t, a, attempt)
}

// finishFace asks for the result of an attempt.
func (w *fixture) finishFace(t *testing.T, a verification.Actor, of verification.Attempt) (verification.View, verification.Attempt) {
	t.Helper()
	view, attempt, err := w.FinishFace(t.Context(), a, of.VerificationID, of.ID)
	if err != nil {
		t.Fatal(err)
	}
	return view, attempt
}

func (w *fixture) card(t *testing.T, a verification.Actor, id string, end cardAnswer) (verification.View, verification.Attempt) {
	t.Helper()
	w.cards.respondWith(end)
	view, attempt, err := w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if err != nil {
		t.Fatal(err)
	}
	return view, attempt
}

// passWithGrant goes all the way to a grant.
func (w *fixture) passWithGrant(t *testing.T, a verification.Actor, d identity.Document) verification.Actor {
	t.Helper()
	view := w.start(t, a, d)
	if view, _ = w.face(t, a, view.ID, facePasses); view.Next != nil {
		view, _ = w.card(t, a, view.ID, cardPasses)
	}
	made, err := w.Accept(t.Context(), a, view.ID)
	if err != nil {
		t.Fatal(err)
	}
	a.GrantID, a.GrantSubjectID, a.GrantDocument = made.GrantID, view.SubjectID, d
	return a
}

// prefills is the session's store as the program adapts it.
type prefills struct{ w *fixture }

func (p prefills) Peek(ctx context.Context, sessionID string) (*verification.Prefill, error) {
	prefill, err := p.w.rows.Prefill(ctx, sessionID, p.w.clock())
	if errors.Is(err, session.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &verification.Prefill{Document: prefill.Document, Remembered: prefill.Remembered, Differs: prefill.Differs}, nil
}

func (p prefills) Take(ctx context.Context, sessionID string) (verification.Prefill, error) {
	prefill, err := p.w.rows.TakePrefill(ctx, sessionID, p.w.clock())
	if errors.Is(err, session.ErrNotFound) {
		return verification.Prefill{}, verification.ErrNotFound
	}
	return verification.Prefill{Document: prefill.Document, Remembered: prefill.Remembered, Differs: prefill.Differs}, err
}

func (w *fixture) prefill(t *testing.T, a verification.Actor, d identity.Document) {
	t.Helper()
	err := w.rows.PutPrefill(t.Context(), session.Prefill{
		SessionID: a.SessionID, AccountID: a.AccountID, Document: d, Until: w.clock().Add(session.PrefillLife),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func zhang(t *testing.T) identity.Document {
	t.Helper()
	return documentOf(t, "11010519491231002X", "张三")
}

// person returns another person for each n.
func person(t *testing.T, n int) identity.Document {
	t.Helper()
	body := "1101051980010" + strconv.Itoa(1000+n)
	check, ok := identity.CheckCharacter(body)
	if !ok {
		t.Fatalf("%s is no body of a number", body)
	}
	return documentOf(t, body+string(check), "李四")
}

func documentOf(t *testing.T, number, name string) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, number, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func cardOf(t *testing.T, number string) verification.BankCardRequest {
	t.Helper()
	card, err := identity.ParseBankCard(number)
	if err != nil {
		t.Fatal(err)
	}
	phone, err := identity.ParsePhone("13800138000")
	if err != nil {
		t.Fatal(err)
	}
	return verification.BankCardRequest{Card: card, Phone: phone}
}

func defaultPolicy(tb testing.TB) *policy.Policy {
	tb.Helper()
	p, err := policy.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func loadPolicy(tb testing.TB, raw string) *policy.Policy {
	tb.Helper()
	p, err := policy.Load([]byte(raw))
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func defaultNotices(tb testing.TB) *notice.Set {
	tb.Helper()
	notices, err := notice.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return notices
}
