package storetest_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/material"
	"renzheng/receipt"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// todoFixture is a registry and the persons who sign its cases, on two replicas that share a database.
type todoFixture struct {
	replicas []*store.Store
	rules    []*todo.Service
	dsn      string
	keys     []byte           // the key file
	ring     *keyring.Keyring // of all replicas
	later    *atomic.Int64    // how far the clock of the rules is ahead of storetest.Now
	serial   atomic.Int64

	mailbox sync.Mutex
	posted  []string // ids of events that the registry took, in order
	broken  string   // id of the event that it refuses
	told    []todo.Notification
	deaf    error // what sending a notification ends in
}

// newTodoFixture returns a fixture on an empty database of an engine.
func newTodoFixture(t *testing.T, engine storetest.Engine) *todoFixture {
	t.Helper()
	keys := must[[]byte](t)(keyring.Generate(storetest.Now()))
	f := &todoFixture{dsn: engine.New(t), keys: keys, ring: openRing(t, keys), later: &atomic.Int64{}}
	for range 2 {
		replica := storetest.OpenOn(t, f.dsn, f.ring)
		f.replicas = append(f.replicas, replica)
		f.rules = append(f.rules, f.newRules(replica))
	}
	return f
}

func (f *todoFixture) newRules(s *store.Store) *todo.Service {
	return todo.New(todo.Deps{
		Scanner: material.NewCleaner(),
		Cases:   s, CaseList: s, Todos: s, Answers: s, Windows: s, Records: s, Events: s, Upkeep: s, Notifications: s, Invitations: s,
		Notifiers: map[string]todo.Notifier{"alipay": f}, Registries: registries{}, Deliverer: f,
		SigningKey: func(now time.Time) (receipt.SigningKey, error) {
			key, err := f.ring.SigningKey(now)
			return receipt.SigningKey(key), err
		},
		Issuer: "https://sandbox.invalid", Environment: string(receipt.Sandbox), PortraitLife: 180 * 24 * time.Hour,
		Clock: f.now, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler),
	})
}

func (f *todoFixture) now() time.Time { return storetest.Now().Add(time.Duration(f.later.Load())) }

// registries knows two registries.
type registries struct{}

func (registries) Registry(id string) (todo.Registry, bool) {
	return todo.Registry{ID: id, Name: "测试市监局"}, id == "sd" || id == "gd"
}

// Deliver is the registry's end of deliveries.
func (f *todoFixture) Deliver(_ context.Context, e todo.Event) error {
	f.mailbox.Lock()
	defer f.mailbox.Unlock()
	if e.ID == f.broken {
		return &todo.DeliveryError{Reason: "status 503"}
	}
	f.posted = append(f.posted, e.ID)
	return nil
}

// next returns a number that was not given before.
func (f *todoFixture) next() int { return int(f.serial.Add(1)) }

// document returns a resident ID that no other call returns.
func (f *todoFixture) document(t *testing.T, name string) identity.Document {
	t.Helper()
	return f.documentOf(t, "19900101", name)
}

// documentOf is the document of somebody who was born on a day.
func (f *todoFixture) documentOf(t *testing.T, born, name string) identity.Document {
	t.Helper()
	body := "110101" + born + fmt.Sprintf("%03d", f.next())
	check, _ := identity.CheckCharacter(body)
	d, err := identity.ParseDocument(identity.ResidentID, body+string(check), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// push returns a case with one signer per document, whose ids are s0, s1 …
func push(caseID string, revision int64, signers ...identity.Document) todo.Push {
	p := todo.Push{
		RegistryID: "sd", CaseID: caseID, Revision: revision,
		Header: todo.Header{
			EnterpriseName: "山东示例有限公司", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-11-20",
		},
		Items: []todo.Item{{Label: "注册资本", Value: "壹佰万元"}},
	}
	for i, d := range signers {
		p.Signers = append(p.Signers, todo.Signer{SignerID: "s" + strconv.Itoa(i), Role: "股东", Document: d})
	}
	return p
}

// open pushes a new case and returns its todos in the order of the documents.
func (f *todoFixture) open(t *testing.T, signers ...identity.Document) []todo.Todo {
	t.Helper()
	pushed, err := f.rules[0].Push(t.Context(), push("case-"+strconv.Itoa(f.next()), 1, signers...))
	if err != nil {
		t.Fatal(err)
	}
	return pushed.Case.Todos
}

// must returns the value of a step that the test rests on.
func must[T any](t *testing.T) func(value T, err error) T {
	t.Helper()
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// signIn returns a session of a new account with a grant for the document.
func (f *todoFixture) signIn(t *testing.T, d identity.Document) todo.Viewer {
	t.Helper()
	s, n, now := f.replicas[0], strconv.Itoa(f.next()), f.now()
	opened := f.login(t, n, "user "+n)
	account := opened.Account.ID
	must[verification.Consent](t)(s.InsertConsent(t.Context(), verification.Consent{
		ID: "con_" + n, AccountID: account, SessionID: opened.ID, Kind: notice.Face,
		NoticeID: "face", Version: "1", NoticeHash: strings.Repeat("h", 43), AcceptedAt: now,
	}, manyOf("consents", account)))
	v := verification.Verification{
		ID: "ver_a" + n, AccountID: account, SessionID: opened.ID, Purpose: policy.Access, Channel: "alipay",
		State: verification.Open, Document: d,
	}
	inserted := f.pass(t, v, verification.AwaitingAcceptance)
	made := must[verification.GrantMade](t)(s.Accept(t.Context(), verification.Acceptance{
		SessionID: opened.ID, VerificationID: v.ID, GrantID: "grt_" + n, Now: now, Until: now.Add(30 * 24 * time.Hour),
	}))
	return todo.Viewer{
		SessionID: opened.ID, AccountID: account, GrantID: made.GrantID, SubjectID: inserted.SubjectID, Name: d.Name,
	}
}

// login opens session number n for a user.
func (f *todoFixture) login(t *testing.T, n, user string) session.Session {
	t.Helper()
	now, token := f.now(), [32]byte{}
	copy(token[:], "token "+n)
	return must[session.Session](t)(f.replicas[0].OpenSession(t.Context(), session.NewSession{
		ID: "ses_" + n, TokenHash: token, Channel: identity.Alipay,
		User: identity.NewChannelUser("2021", "open_id", user), Now: now,
		IdleUntil: now.Add(session.Idle), Until: now.Add(session.Absolute),
	}))
}

// verify returns a passed confirm verification for a todo that the viewer was shown.
func (f *todoFixture) verify(t *testing.T, v todo.Viewer, shown todo.Todo) string {
	t.Helper()
	return f.pass(t, f.confirm(v, shown), verification.Passed).ID
}

// confirm returns a confirm verification for a todo that the viewer was shown. It is not inserted yet.
func (f *todoFixture) confirm(v todo.Viewer, shown todo.Todo) verification.Verification {
	return verification.Verification{
		ID: "ver_c" + strconv.Itoa(f.next()), AccountID: v.AccountID, SessionID: v.SessionID, Purpose: policy.Confirm,
		Channel: "alipay", State: verification.Open, Todo: &verification.TodoBinding{
			TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, GrantID: v.GrantID,
		},
	}
}

// pass inserts a verification with a face check that passes with a picture.
func (f *todoFixture) pass(t *testing.T, v verification.Verification, whole verification.State) verification.Verification {
	t.Helper()
	v = f.begin(t, v)
	if err := f.passFace(t, f.beginFace(t, v), whole); err != nil {
		t.Fatal(err)
	}
	return v
}

// begin inserts a verification with a face check.
func (f *todoFixture) begin(t *testing.T, v verification.Verification) verification.Verification {
	t.Helper()
	now := f.now()
	v.PolicyDigest, v.CreatedAt, v.ExpiresAt = strings.Repeat("p", 43), now, now.Add(verification.OpenFor)
	v.Checks = []verification.Check{{Kind: policy.Face, State: verification.CheckPending}}
	return must[verification.Verification](t)(f.replicas[0].InsertVerification(t.Context(), v, startBudgets(v.AccountID)))
}

// beginFace begins the face check of a verification.
func (f *todoFixture) beginFace(t *testing.T, v verification.Verification) verification.Attempt {
	t.Helper()
	now := f.now()
	a := verification.Attempt{
		ID: "att_" + v.ID, VerificationID: v.ID, SessionID: v.SessionID, AccountID: v.AccountID, SubjectID: v.SubjectID,
		Check: policy.Face, Provider: "alipay", State: verification.AttemptOpen,
		StartedAt: now, ExpiresAt: now.Add(verification.FacePass),
	}
	if err := f.replicas[0].Reserve(t.Context(), verification.Reservation{Attempt: a, Now: now}); err != nil {
		t.Fatal(err)
	}
	return a
}

// passFace settles a face with a pass and a picture.
func (f *todoFixture) passFace(t *testing.T, a verification.Attempt, whole verification.State) error {
	t.Helper()
	now := f.now()
	a.State, a.Level, a.SettledAt = verification.AttemptPassed, "FACE", now
	return f.replicas[0].Settle(t.Context(), verification.Settlement{
		Attempt: a, From: []verification.AttemptState{verification.AttemptOpen}, Check: verification.CheckPassed,
		Verification: whole, Portrait: []byte("picture of " + a.VerificationID), UsableUntil: now.Add(verification.UsableFor),
	})
}

// strokes returns a handwriting that no other number produces.
func strokes(n int) string {
	return todo.Strokes{Width: 600, Height: 300, Strokes: [][]todo.Point{
		{{X: 50, Y: 50}, {X: 200 + n%300, Y: 120, Millis: 30 + n}},
		{{X: 100, Y: 20, Millis: 100 + n}, {X: 110, Y: 200, Millis: 160 + n}},
	}}.Encode()
}

// ready returns all that confirming a new todo of the document needs.
func (f *todoFixture) ready(t *testing.T, d identity.Document) (todo.Viewer, todo.ConfirmRequest) {
	t.Helper()
	opened := f.open(t, d)[0]
	v := f.signIn(t, d)
	shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, opened.ID))
	return v, f.yes(t, v, shown)
}

// yes returns the request that confirms what was shown.
func (f *todoFixture) yes(t *testing.T, v todo.Viewer, shown todo.Todo) todo.ConfirmRequest {
	t.Helper()
	return todo.ConfirmRequest{
		TodoID: shown.ID, VerificationID: f.verify(t, v, shown), Revision: shown.Revision,
		ContentDigest: shown.ContentDigest, Strokes: strokes(f.next()), Key: key("confirm", "first call of this todo"),
	}
}

func key(route, value string) todo.Key {
	return todo.Key{Route: route, Value: value, Body: []byte("body of " + value)}
}
