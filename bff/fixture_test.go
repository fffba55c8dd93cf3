package bff_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/appeal"
	"renzheng/bff"
	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/keyring"
	"renzheng/material"
	"renzheng/receipt"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// fixture is the whole product on a store of its own. The third parties follow a
// script, and the test moves the clock.
type fixture struct {
	api     *bff.API
	rows    *store.Store
	path    string // of the database
	third   *thirdParties
	log     *lockedBuffer
	metrics *prometheus.Registry
	moved   moved
	phones  phones
	ring    *keyring.Keyring
	deps    bff.Deps

	refreshRules func(ctx context.Context) (int, error) // what the worker does

	mu     sync.Mutex
	now    time.Time
	ready  error
	owners map[identity.Channel]session.OwnerChecker
}

func newFixture(tb testing.TB, changes ...func(*bff.Deps)) *fixture {
	tb.Helper()
	keys, err := keyring.Generate(storetest.Now())
	if err != nil {
		tb.Fatal(err)
	}
	ring, err := keyring.Open(keys)
	if err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "bff.db")
	w := &fixture{
		path: path, ring: ring, rows: storetest.OpenOn(tb, "sqlite:"+path, ring), now: storetest.Now().Add(234567 * time.Nanosecond), third: &thirdParties{},
		log: &lockedBuffer{}, metrics: prometheus.NewRegistry(),
	}
	w.owners = map[identity.Channel]session.OwnerChecker{identity.Alipay: w.third}
	deps := bff.Deps{
		Sessions: w.sessions(), Verifications: w.verifications(tb), Todos: w.todos(ring), Support: w.support(tb, w.rows, support.Deps{}), Rights: w.rights(), Appeals: w.appeals(), Appointments: w.appointments(tb), Subscribers: w.subscribers(),
		Registries: w.third, JWKS: ring.JWKS, Ready: w.isReady, Authority: bff.Authority{Name: authorityName()},
		Version: "v0.0.1-test", Environment: "sandbox", Issuer: "sandbox://test", RequestsPerMin: 1 << 20,
		Clock: w.clock, Rand: rand.Reader, Logger: slog.New(slog.NewJSONHandler(w.log, nil)), Registerer: w.metrics,
	}
	for _, change := range changes {
		change(&deps)
	}
	if w.api, err = bff.New(deps); err != nil {
		tb.Fatal(err)
	}
	w.deps = deps
	return w
}

func authorityName() identity.Text {
	return identity.Text{Chinese: "样例登记机关", Traditional: "樣例登記機關", English: "Sample Authority"}
}

func (w *fixture) sessions() *session.Service {
	return session.New(session.Deps{
		Sessions: w.rows, Prefills: w.rows, Keys: w.rows, Clock: w.clock, Rand: rand.Reader,
		Authorizers: map[identity.Channel]session.Authorizer{identity.Alipay: w.third, identity.Web: w.third},
		Prefillers:  map[identity.Channel]session.Prefiller{identity.Alipay: w.third},
		OwnerChecks: w.rows, Owners: w.owners,
		Remembering: func(channel identity.Channel) bool { return channel == identity.Web },
	})
}

func (w *fixture) verifications(tb testing.TB) *verification.Service {
	tb.Helper()
	p, err := policy.Default()
	if err != nil {
		tb.Fatal(err)
	}
	notices, err := shownNotices()
	if err != nil {
		tb.Fatal(err)
	}
	return verification.New(verification.Deps{
		Store: w.rows, Prefills: prefills{w},
		Faces:     map[string]verification.FaceChecker{"alipay": w.third},
		BankCards: map[string]verification.BankCardChecker{"tencentcloud": w.third},
		Policy:    p, Notices: notices, Limits: policy.DefaultLimits(),
		Clock: w.clock, Rand: rand.Reader, Logger: slog.New(slog.NewJSONHandler(w.log, nil)),
	})
}

// shownNotices returns the built-in notices as a server with one vendor shows them.
func shownNotices() (*notice.Set, error) {
	notices, err := notice.Default()
	for _, kind := range []notice.Kind{notice.DocumentPhoto, notice.Registration} {
		if err == nil {
			notices, err = notices.Naming(kind, []string{"tencentcloud"})
		}
	}
	return notices, err
}

func (w *fixture) todos(ring *keyring.Keyring) *todo.Service {
	return todo.New(todo.Deps{
		Scanner: material.NewCleaner(),
		Cases:   w.rows, CaseList: w.rows, Todos: w.rows, Answers: w.rows, Windows: w.rows, Records: w.rows, Events: w.rows, Upkeep: w.rows, Notifications: w.rows, Invitations: w.rows,
		Registries: w.third, Issuer: "sandbox://test", Environment: "sandbox", PortraitLife: 180 * 24 * time.Hour,
		SigningKey: func(now time.Time) (receipt.SigningKey, error) {
			key, err := ring.SigningKey(now)
			return receipt.SigningKey(key), err
		},
		Clock: w.clock, Rand: rand.Reader, Logger: slog.New(slog.NewJSONHandler(w.log, nil)),
	})
}

func (w *fixture) rights() *rights.Service {
	return rights.New(rights.Deps{
		Authority: authorityName(),
		Erasures:  w.rows, Persons: w.rows, Copies: w.rows, Corrections: w.rows, Freezes: w.rows, Activities: w.rows, TriesLast: func(context.Context) (time.Duration, error) { return 24 * time.Hour, nil }, ProofKept: 1095 * 24 * time.Hour, Clock: w.clock,
		Office: func(id string) rights.Office {
			found, _ := w.third.Registry(id)
			return rights.Office{Name: found.Name, Evidence: 1095 * 24 * time.Hour}
		},
	})
}

func (w *fixture) appeals() *appeal.Service {
	return appeal.New(appeal.Deps{
		Appeals: w.rows, Materials: w.rows, Reviews: w.rows, Readings: w.rows, Photos: photo.NewReader(photo.FirstOf{away{w.third}, w.third}, w.clock), Cleaner: material.NewCleaner(), Mail: "appeals@authority.example", Clock: w.clock,
		Scopes: func(o appeal.Outcome, a appeal.Appeal, now time.Time) []string {
			if o != appeal.TriesReopened {
				return []string{verification.ScopeOfPersons(a.AccountID, now)}
			}
			return verification.ScopesOfTries(a.AccountID, a.SubjectID)
		},
		NewID: func(prefix string) (string, error) {
			raw := make([]byte, 16)
			rand.Read(raw)
			return prefix + hex.EncodeToString(raw), nil
		},
	})
}

// support is technical support on some rows, without a service account unless
// there is one in d.
func (w *fixture) support(tb testing.TB, rows *store.Store, d support.Deps) *support.Service {
	tb.Helper()
	faq, err := support.DefaultFAQ()
	if err != nil {
		tb.Fatal(err)
	}
	d.Tickets, d.Dialog, d.Codes, d.FAQ = rows, rows, rows, faq
	d.Name, d.Clock, d.Rand = "你呼我应", w.clock, rand.Reader
	return support.New(d)
}

// clock returns a time with a part that no column keeps, as real clocks do.
func (w *fixture) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *fixture) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *fixture) isReady(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ready
}

// prefills is the session's store as the program adapts it.
type prefills struct{ w *fixture }

func (p prefills) Peek(ctx context.Context, sessionID string) (*verification.Prefill, error) {
	found, err := p.w.rows.Prefill(ctx, sessionID, p.w.clock())
	if errors.Is(err, session.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &verification.Prefill{Document: found.Document, Remembered: found.Remembered, Differs: found.Differs}, nil
}

func (p prefills) Take(ctx context.Context, sessionID string) (verification.Prefill, error) {
	found, err := p.w.rows.TakePrefill(ctx, sessionID, p.w.clock())
	if errors.Is(err, session.ErrNotFound) {
		return verification.Prefill{}, verification.ErrNotFound
	}
	return verification.Prefill{Document: found.Document, Remembered: found.Remembered, Differs: found.Differs}, err
}

// lockedBuffer is a log that goroutines write.
type lockedBuffer struct {
	mu   sync.Mutex
	data bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.String()
}

// Check accepts every request that names a registry.
func (f *thirdParties) Check(r *http.Request, _ []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.verify != nil {
		return "", f.verify()
	}
	switch id := r.Header.Get("X-Test-Registry"); id {
	case "":
		return "", &todo.RequestError{Code: todo.SignatureMissing}
	default:
		return id, nil
	}
}

// withoutOwnerChecks leaves Alipay as it is outside the tests.
func (w *fixture) withoutOwnerChecks(t *testing.T) *fixture {
	t.Helper()
	w.owners = nil
	deps := w.deps
	deps.Sessions, deps.Registerer = w.sessions(), prometheus.NewRegistry()
	api, err := bff.New(deps)
	if err != nil {
		t.Fatal(err)
	}
	w.api = api
	return w
}
