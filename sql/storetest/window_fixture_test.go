package storetest_test

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"testing"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/material"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// windowFixture is a hall with its staff.
type windowFixture struct {
	*todoFixture

	halls []*window.Service // on each replica
}

func newWindowFixture(t *testing.T, f *todoFixture) *windowFixture {
	t.Helper()
	w := &windowFixture{todoFixture: f}
	policy := must[window.Policy](t)(window.DefaultPolicy())
	for _, replica := range f.replicas {
		w.halls = append(w.halls, window.New(window.Deps{Visits: replica, Traces: replica, Escalations: replica, Centre: "centre", Cleaner: material.NewCleaner(), Policy: policy, Clock: f.now, Rand: rand.Reader}))
	}
	return w
}

// member returns a member of hall-1.
func member(n int, roles ...staff.Role) staff.Member {
	return staff.Member{ID: fmt.Sprintf("stf_%032x", n), Roles: roles, Office: "hall-1"}
}

func clerk() staff.Member { return member(1, staff.Clerk) }

func supervisor() staff.Member { return member(2, staff.Supervisor) }

// as returns the member with a document of their own, as the identity provider claims it.
func (w *windowFixture) as(m staff.Member, d identity.Document) staff.Member {
	m.Subject = hex.EncodeToString(w.ring.Hashes(keyring.ForSubject, string(d.Type), d.Number.Reveal())[0])
	return m
}

func seen(t todo.Todo, d identity.Document) window.Seen {
	return window.Seen{RegistryID: t.RegistryID, CaseID: t.CaseID, Document: d, Again: d.Number, Reason: "no_smartphone"}
}

// begun opens a visit for the case of a todo.
func (w *windowFixture) begun(t *testing.T, of todo.Todo) window.Visit {
	t.Helper()
	return must[window.Visit](t)(w.halls[0].Open(t.Context(), clerk(), window.Opening{FoundBy: window.ByCase, RegistryID: of.RegistryID, CaseID: of.CaseID}))
}

// waiting is a visit whose document was seen.
func (w *windowFixture) waiting(t *testing.T, of todo.Todo, d identity.Document) window.Visit {
	t.Helper()
	return must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), w.begun(t, of).ID, seen(of, d)))
}

// looked shows a member the evidence of a visit, and returns the verdict that approves it, with a reason if it is made a return.
func (w *windowFixture) looked(t *testing.T, by staff.Member, v window.Visit) window.Decision {
	t.Helper()
	return window.Decision{Approve: true, Reason: "other", Version: must[window.Evidence](t)(w.halls[0].Evidence(t.Context(), by, v.ID)).Version}
}

// verified is a visit that a second member has approved, and to which the case was shown.
func (w *windowFixture) verified(t *testing.T, of todo.Todo, d identity.Document) window.Visit {
	t.Helper()
	waiting := w.waiting(t, of, d)
	v := must[window.Visit](t)(w.halls[1].Decide(t.Context(), supervisor(), waiting.ID, w.looked(t, supervisor(), waiting)))
	must[[]window.VisitTodo](t)(w.halls[0].Todos(t.Context(), clerk(), v.ID))
	return v
}

func signed(v window.Visit, t todo.Todo) todo.WindowRequest {
	return todo.WindowRequest{
		VisitID: v.ID, TodoID: t.ID, Revision: t.Revision, ContentDigest: t.ContentDigest, Decision: todo.DecisionDoneAtWindow,
		Manner: todo.SignedPaper, Paper: "2026-117",
	}
}

// centre is a clerk of the provincial centre.
func centre() staff.Member {
	m := member(9, staff.Clerk)
	m.Office = "centre"
	return m
}

// escalated asks the centre for the person of a visit, and is answered.
func (w *windowFixture) escalated(t *testing.T, v window.Visit) {
	t.Helper()
	e := must[window.Escalation](t)(w.halls[0].Escalate(t.Context(), clerk(), window.EscalationRequest{VisitID: v.ID, Kind: window.VerifyPhone, Note: identity.NewSecret("收不到验证码")}))
	if err := w.halls[1].Settle(t.Context(), centre(), e.ID, "resolved", identity.NewSecret("已核实")); err != nil {
		t.Fatal(err)
	}
}
