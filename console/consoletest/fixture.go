// Package consoletest plays the console in tests: a console on a database of its own with a simulated identity provider, and
// a browser that goes by links and forms as a member does, without scripts.
package consoletest

import (
	"bytes"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"renzheng/console"
	"renzheng/identity"
	"renzheng/operations"
	"renzheng/providers/idp"
	"renzheng/providers/idp/idptest"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/staff"
	"renzheng/test/harness"
	"renzheng/verification"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
	"renzheng/window"
)

// Fixture is a console with its identity provider.
type Fixture struct {
	URL      string
	Store    *store.Store
	Identity *idptest.Provider
	Clock    *Clock
	Logs     *Logs
	Console  *console.Console

	Simulations *replay.Service // of the wire; its worker does not run
}

// New returns a console on an empty SQLite database. wire may change what it is made of; nil = nothing.
func New(tb testing.TB, wire func(d *console.Deps, f *Fixture)) *Fixture {
	tb.Helper()
	return On(tb, storetest.Open(tb), nil, wire)
}

// On is New on a database that exists, with the clock of what else works on it; nil = one of its own.
func On(tb testing.TB, db *store.Store, now func() time.Time, wire func(d *console.Deps, f *Fixture)) *Fixture {
	tb.Helper()
	f := &Fixture{Store: db, Clock: &Clock{at: storetest.Now(), other: now}, Logs: &Logs{}}
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	tb.Cleanup(server.Close)
	f.URL = server.URL
	f.serveIdentity(tb)
	offices := staff.Offices{harness.OfficeHere: name("第一窗口"), harness.OfficeThere: name("第二窗口")}
	provider, err := idp.New(idp.Config{
		Issuer: f.Identity.Issuer(), ClientID: "console", ClientSecret: identity.NewSecret("secret"), Address: f.URL, ACR: []string{"2"}, MaxAge: staff.Idle, RolesClaim: "roles",
		NameClaim: "name", OfficeClaim: "office", DocumentClaim: "document_number", Timeout: 10 * time.Second, Clock: f.Clock.Now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	authority := name("样例市市场监督管理局")
	d := console.Deps{
		Address: f.URL, Authority: authority, Offices: offices, Sandbox: true,
		Staff: staff.New(staff.Deps{Sessions: db, Provider: provider, Offices: offices, Clock: f.Clock.Now, Rand: rand.Reader}),
		Rights: rights.New(rights.Deps{
			Erasures: db, Persons: db, Copies: db, Corrections: db, Reveals: db, Officer: db, Offices: offices, Authority: authority, Clock: f.Clock.Now,
			Office: func(id string) rights.Office { return rights.Office{Name: id} },
		}),
		Holds:  &retention.Holds{Store: db, Clock: f.Clock.Now},
		Funnel: db, Deliveries: db, Switches: db, Tickets: db, Traces: db, Reports: db, Counts: db, Providers: db, Backlogs: db,
		Registries: func() []operations.Registry {
			return []operations.Registry{{ID: "beijing", Name: "样例登记机关", Callback: true, Keys: []operations.RegistryKey{
				{ID: "bj-0", Until: f.Clock.Now().Add(-time.Minute)}, {ID: "bj-1", Until: f.Clock.Now().Add(24 * time.Hour)}, {ID: "bj-2"},
			}}}
		},
		Quotas: db,
		QuotaRules: func() []operations.QuotaRule {
			all := []operations.QuotaRule{{Name: "window_member", Prefix: "window_member|", Limit: window.DefaultLimits().Member, Window: window.MissWindow}}
			for _, c := range verification.Counters(policy.DefaultLimits()) {
				all = append(all, operations.QuotaRule{Name: c.Name, Prefix: c.Prefix, Limit: c.Limit.Tries, Window: c.Limit.Window})
			}
			return all
		},
		Certificates: func() []operations.Certificate {
			return []operations.Certificate{{Setting: "BFF_ALIPAY_APP_CERT", Until: f.Clock.Now().Add(20*24*time.Hour + time.Minute)}}
		},
		Clock: f.Clock.Now, Rand: rand.Reader, Logger: slog.New(slog.NewJSONHandler(f.Logs, nil)),
	}
	if wire != nil {
		wire(&d, f)
	}
	if f.Console, err = console.New(d); err != nil {
		tb.Fatal(err)
	}
	handler = f.Console.Handler()
	return f
}

func name(text string) identity.Text {
	return identity.Text{Chinese: text, Traditional: text, English: text}
}

func (f *Fixture) serveIdentity(tb testing.TB) {
	tb.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	tb.Cleanup(server.Close)
	var err error
	f.Identity, err = idptest.New(idptest.Options{
		Issuer: server.URL, ClientID: "console", ClientSecret: "secret", Redirects: []string{f.URL + idp.CallbackPath},
		SignedOut: f.URL + idp.SignedOutPath, Logouts: f.URL + idp.LogoutPath, Members: harness.Staff(f.Clock.Now()), Clock: f.Clock.Now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	handler = f.Identity
}

// Clock is a clock that stands until it is moved.
type Clock struct {
	mu    sync.Mutex
	at    time.Time
	other func() time.Time // goes instead of this one; nil = none
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	if c.other != nil {
		return c.other()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Move moves the clock.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// Logs keeps what was logged.
type Logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

var _ io.Writer = (*Logs)(nil)

// Write implements io.Writer.
func (l *Logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String returns all of it.
func (l *Logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
