package console_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/bar"
	"renzheng/bff"
	"renzheng/console"
	"renzheng/console/consoletest"
	"renzheng/identity"
	"renzheng/material"
	"renzheng/receipt"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
	"renzheng/todo"
	"renzheng/window"
)

// hall is a console with a window, a registry that pushes cases, and persons who come.
type hall struct {
	*consoletest.Fixture

	todos  *todo.Service
	hall   *window.Service
	keys   func() []byte // that receipts are verified with
	file   string        // of the database
	serial int
}

type registries struct{}

func (registries) Registry(id string) (todo.Registry, bool) {
	return todo.Registry{ID: id, Name: "样例登记机关"}, id == "beijing"
}

func newHall(t *testing.T) *hall {
	t.Helper()
	ring := storetest.NewRing(t)
	h := &hall{keys: ring.JWKS, file: filepath.Join(t.TempDir(), "hall.db")}
	db := storetest.OpenOn(t, "sqlite:"+h.file, ring)
	h.Fixture = consoletest.On(t, db, nil, func(d *console.Deps, f *consoletest.Fixture) {
		cleaner := material.NewCleaner()
		h.todos = todo.New(todo.Deps{
			Scanner: cleaner,
			Cases:   db, CaseList: db, Todos: db, Answers: db, Windows: db, Records: db, Events: db, Upkeep: db, Notifications: db, Invitations: db,
			Registries: registries{}, Issuer: "sandbox://test", Environment: string(receipt.Sandbox), Clock: f.Clock.Now, Rand: rand.Reader,
			SigningKey: func(now time.Time) (receipt.SigningKey, error) {
				key, err := ring.SigningKey(now)
				return receipt.SigningKey(key), err
			},
			Logger: slog.New(slog.DiscardHandler),
		})
		policy, err := window.DefaultPolicy()
		if err != nil {
			t.Fatal(err)
		}
		d.Window = window.New(window.Deps{Visits: db, Traces: db, Escalations: db, Centre: harness.OfficeThere, Cleaner: cleaner, Policy: policy, Clock: f.Clock.Now, Rand: rand.Reader})
		h.hall = d.Window
		d.Bars = &bar.Service{Store: db, Clock: f.Clock.Now, NewID: func(prefix string) (string, error) {
			return prefix + strings.Repeat("0", 32), nil // of one entry
		}}
		d.Todos, d.Ledger, d.SlipPrefix = h.todos, db, bff.SessionOfSlip
		d.Appointments = appointment.New(appointment.Deps{Appointments: db, Queues: db, Clock: f.Clock.Now, Rand: rand.Reader})
		d.SlipCode = bff.SlipOfSession
	})
	return h
}

// spoil changes the database past the server.
func (h *hall) spoil(t *testing.T, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+h.file+"?_pragma=busy_timeout(5000)")
	if err == nil {
		_, err = db.ExecContext(t.Context(), statement)
	}
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// person returns a resident ID that no other call returns.
func (h *hall) person(t *testing.T, born, name string) identity.Document {
	t.Helper()
	h.serial++
	body := "110101" + born + fmt.Sprintf("%03d", h.serial)
	check, _ := identity.CheckCharacter(body)
	d, err := identity.ParseDocument(identity.ResidentID, body+string(check), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (h *hall) adult(t *testing.T) identity.Document {
	t.Helper()
	return h.person(t, "19900101", "张三")
}

// own is the document of the sample member who is a person too.
func (h *hall) own(t *testing.T) identity.Document {
	t.Helper()
	p, ok := people.New(people.Passes, 0, h.Clock.Now())
	if !ok {
		t.Fatal("no such person")
	}
	d, err := identity.ParseDocument(identity.ResidentID, p.Number, p.Name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// push pushes a revision of a case.
func (h *hall) push(t *testing.T, caseID string, revision int64, capital string, signers ...identity.Document) {
	t.Helper()
	p := todo.Push{
		RegistryID: "beijing", CaseID: caseID, Revision: revision,
		Header: todo.Header{EnterpriseName: "北京样例科技有限公司", BusinessKind: todo.Establishment, Mode: todo.AtWindow, AppliedOn: "2026-11-20"},
		Items:  []todo.Item{{Label: "注册资本", Value: capital}},
	}
	for i, d := range signers {
		p.Signers = append(p.Signers, todo.Signer{SignerID: fmt.Sprintf("s%d", i), Role: "股东", Document: d})
	}
	if _, err := h.todos.Push(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

// asked is a new case for persons.
func (h *hall) asked(t *testing.T, signers ...identity.Document) string {
	t.Helper()
	h.serial++
	id := fmt.Sprintf("2026-%04d", h.serial)
	h.push(t, id, 1, "壹佰万元", signers...)
	return id
}

func typed(caseID string, d identity.Document) url.Values {
	return url.Values{
		"registry": {"beijing"}, "case": {caseID}, "type": {string(d.Type)}, "number": {d.Number.Reveal()}, "again": {d.Number.Reveal()},
		"name": {d.Name.Original()}, "reason": {"no_smartphone"},
	}
}

const visits = "/window/visits"

// begin begins a visit with the document alone.
func begin(b *consoletest.Browser) *consoletest.Page {
	return b.Open("/window").Submit(visits, url.Values{"by": {"document"}})
}

// seen is a visit that waits for approval.
func (h *hall) seen(b *consoletest.Browser, form url.Values) *consoletest.Page {
	return begin(b).Submit(visits, form).Want(http.StatusOK, "Submitted", "Awaiting approval")
}

// approved is a visit that the supervisor has approved, in the browser of the clerk.
func (h *hall) approved(t *testing.T, b *consoletest.Browser, form url.Values) *consoletest.Page {
	t.Helper()
	page := h.seen(b, form)
	shown := h.SignedIn(t, "supervisor").Open(page.Path).Submit(page.Path+"/evidence", nil)
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK, "Approved")
	return b.Open(page.Path).Want(http.StatusOK, "Verified")
}

// read is a visit whose content is shown.
func (h *hall) read(t *testing.T, b *consoletest.Browser, form url.Values) *consoletest.Page {
	t.Helper()
	page := h.approved(t, b, form)
	return page.Submit(page.Path+"/todos", nil).Want(http.StatusOK, "北京样例科技有限公司", "注册资本", "壹佰万元")
}

func (h *hall) count(t *testing.T, kind string) int {
	t.Helper()
	page := h.SignedIn(t, "auditor").Open("/ledger?kind=" + kind)
	return strings.Count(page.Body, `<td class="number">`)
}
