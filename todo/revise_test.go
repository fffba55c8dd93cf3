package todo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/todo"
)

// caseStore is a store of one case that carries out plans.
type caseStore struct {
	todo.CaseStore

	current *todo.Case
	plan    todo.CasePlan // the last one that was carried out
}

func (s *caseStore) Case(context.Context, string, string) (todo.Case, error) {
	if s.current == nil {
		return todo.Case{}, todo.ErrNotFound
	}
	return *s.current, nil
}

func (s *caseStore) CaseOutline(ctx context.Context, registryID, caseID string) (todo.Case, error) {
	return s.Case(ctx, registryID, caseID)
}

func (s *caseStore) ApplyCase(_ context.Context, p todo.CasePlan) (todo.Case, error) {
	s.plan = p
	after := p.Case
	ended := slices.Clone(p.End)
	for i := range ended {
		ended[i].State = todo.Withdrawn
	}
	if after.State == todo.CaseOpen {
		after.Todos = slices.Concat(after.Todos, p.Open, ended)
	} else {
		after.Todos = ended
	}
	s.current = &after
	return after, nil
}

// pushed returns a store with the case of validPush, and rules on it. Their clock is noon plus the returned duration.
func pushed(t *testing.T) (s *caseStore, rules *todo.Service, later *time.Duration) {
	t.Helper()
	s, later = &caseStore{}, new(time.Duration)
	clock := func() time.Time { return noon().Add(*later) }
	rules = todo.New(todo.Deps{Registries: registries{}, Cases: s, Clock: clock, Rand: rand.Reader})
	if _, err := rules.Push(t.Context(), validPush(t)); err != nil {
		t.Fatal(err)
	}
	return s, rules, later
}

func wantCode(t *testing.T, name string, err error, code string) {
	t.Helper()
	var rejected *todo.RejectedError
	if !errors.As(err, &rejected) || rejected.Code != code {
		t.Errorf("%s: got %v, want %s", name, err, code)
	}
}

func TestPush_SameRevisionWithSameContentChangesNothing(t *testing.T) {
	t.Parallel()
	s, rules, later := pushed(t)
	before := s.current
	*later = todo.Window
	again := validPush(t)
	slices.Reverse(again.Signers)
	result, err := rules.Push(t.Context(), again)
	if err != nil || result.Changed || result.Created || s.current != before {
		t.Fatalf("got changed %t, created %t (%v), want nothing", result.Changed, result.Created, err)
	}
	for _, one := range result.Case.Todos {
		if one.State != todo.Expired {
			t.Errorf("got %s after the window, want expired", one.State)
		}
	}
}

// changes returns what a registry may change for signer a alone.
func changes() map[string]func(p *todo.Push) {
	return map[string]func(p *todo.Push){
		"the role":    func(p *todo.Push) { p.Signers[0].Role = "董事" },
		"an own item": func(p *todo.Push) { p.Signers[0].Items[0].Value = "贰万元" },
		"one more item": func(p *todo.Push) {
			p.Signers[0].Items = append(p.Signers[0].Items, todo.Item{Label: "方式", Value: "货币"})
		},
		"represents nobody":     func(p *todo.Push) { p.Signers[0].Represents = nil },
		"another enterprise":    func(p *todo.Push) { p.Signers[0].Represents.EnterpriseName = "山东另一投资有限公司" },
		"without a credit code": func(p *todo.Push) { p.Signers[0].Represents.CreditCode = "" },
		"another capacity":      func(p *todo.Push) { p.Signers[0].Represents.Capacity = "负责人" },
		"another name": func(p *todo.Push) {
			p.Signers[0].Document, _ = identity.ParseDocument(identity.ResidentID, "11010519491231002X", "李四")
		},
	}
}

func TestPush_SameRevisionWithOtherContentIsAConflict(t *testing.T) {
	t.Parallel()
	_, rules, _ := pushed(t)
	all := changes()
	all["the header"] = func(p *todo.Push) { p.Header.Mode = todo.AtWindow }
	all["a case's item"] = func(p *todo.Push) { p.Items[0].Label = "范围" }
	all["one signer less"] = func(p *todo.Push) { p.Signers = p.Signers[:1] }
	for name, change := range all {
		p := validPush(t)
		change(&p)
		_, err := rules.Push(t.Context(), p)
		wantCode(t, name, err, todo.CodeCaseRevisionConflict)
	}
}

func TestPush_LowerRevisionIsAConflict(t *testing.T) {
	t.Parallel()
	_, rules, _ := pushed(t)
	p := validPush(t)
	p.Revision = 3
	if _, err := rules.Push(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	p.Revision = 2
	_, err := rules.Push(t.Context(), p)
	wantCode(t, "a lower revision", err, todo.CodeCaseRevisionConflict)
}

func TestPush_HigherRevisionSupersedesWhatChangedAlone(t *testing.T) {
	t.Parallel()
	for name, change := range changes() {
		s, rules, later := pushed(t)
		*later = time.Hour
		old := s.current.Todos
		p := validPush(t)
		p.Revision = 2
		change(&p)
		result, err := rules.Push(t.Context(), p)
		if err != nil || !result.Changed || result.Created {
			t.Fatalf("%s: got changed %t, created %t (%v)", name, result.Changed, result.Created, err)
		}
		wantFirstReplaced(t, name, s.plan, old)
	}
}

// wantFirstReplaced requires that the first of two todos is superseded by one of revision 2 an hour later, and that the
// other is kept.
func wantFirstReplaced(t *testing.T, name string, plan todo.CasePlan, old []todo.Todo) {
	t.Helper()
	if len(plan.Supersede) != 1 || plan.Supersede[0].ID != old[0].ID || len(plan.End) != 0 || plan.OldRevision != 1 {
		t.Errorf("%s: got %d superseded and %d ended, want the one of a superseded", name, len(plan.Supersede), len(plan.End))
	}
	if len(plan.Events) != 1 || plan.Events[0].Type != todo.EventSuperseded || plan.Events[0].TodoID != old[0].ID {
		t.Errorf("%s: got events %v, want one of the superseded todo", name, plan.Events)
	}
	if len(plan.Open) != 1 || plan.Open[0].Revision != 2 || !plan.Open[0].ExpiresAt.Equal(old[0].ExpiresAt.Add(time.Hour)) {
		t.Errorf("%s: got %d new todos, want one with a new window", name, len(plan.Open))
	}
	if len(plan.Case.Todos) != 1 || plan.Case.Todos[0].ID != old[1].ID || plan.Case.Todos[0].Revision != 1 {
		t.Errorf("%s: the other signer did not keep the todo", name)
	}
}

func TestPush_RemovedSignerIsWithdrawnAndMayComeBack(t *testing.T) {
	t.Parallel()
	s, rules, _ := pushed(t)
	removed := s.current.Todos[1]
	p := validPush(t)
	p.Revision, p.Signers = 2, p.Signers[:1]
	if _, err := rules.Push(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if len(s.plan.End) != 1 || s.plan.End[0].ID != removed.ID || len(s.plan.Events) != 0 || len(s.plan.Open) != 0 {
		t.Errorf("got %d ended, %d events, want the removed one ended without a word to who removed it", len(s.plan.End), len(s.plan.Events))
	}
	back := validPush(t)
	back.Revision = 3
	if _, err := rules.Push(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	if len(s.plan.Open) != 1 || s.plan.Open[0].SignerID != "b" || len(s.plan.Supersede) != 0 {
		t.Errorf("got %d new todos, want one for who was named again", len(s.plan.Open))
	}
}

// An answered todo stays as evidence of its revision: it is neither superseded nor withdrawn.
func TestPush_AnsweredSignerIsAskedAnewOnlyWhenTheContentChanged(t *testing.T) {
	t.Parallel()
	s, rules, _ := pushed(t)
	s.current.Todos[0].State, s.current.Todos[1].State = todo.Confirmed, todo.Declined
	p := validPush(t)
	p.Revision, p.Signers[0].Role = 2, "董事"
	if _, err := rules.Push(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if len(s.plan.Open) != 1 || s.plan.Open[0].SignerID != "a" || len(s.plan.Supersede)+len(s.plan.End)+len(s.plan.Events) != 0 {
		t.Errorf("got %d new, %d superseded, %d ended, want a new one for a alone", len(s.plan.Open), len(s.plan.Supersede), len(s.plan.End))
	}
	if len(s.plan.Case.Todos) != 1 || s.plan.Case.Todos[0].State != todo.Declined {
		t.Error("the unchanged answer did not stay")
	}
	p.Revision, p.Signers = 3, p.Signers[:1]
	if _, err := rules.Push(t.Context(), p); err != nil || len(s.plan.End) != 0 {
		t.Errorf("got %d ended (%v), want none: the removed signer has answered", len(s.plan.End), err)
	}
}

func TestWithdrawCase_EndsOpenTodosAndIsIdempotent(t *testing.T) {
	t.Parallel()
	s, rules, _ := pushed(t)
	s.current.Todos[0].State = todo.Confirmed
	if err := rules.WithdrawCase(t.Context(), "sd", "2026-1"); err != nil {
		t.Fatal(err)
	}
	if len(s.plan.End) != 1 || s.plan.End[0].SignerID != "b" || s.plan.Case.State != todo.CaseWithdrawn || s.plan.OldRevision != 1 {
		t.Errorf("got %d ended, case %s, want the open one ended", len(s.plan.End), s.plan.Case.State)
	}
	s.plan = todo.CasePlan{}
	if err := rules.WithdrawCase(t.Context(), "sd", "2026-1"); err != nil || s.plan.Case.ID != "" {
		t.Errorf("got %v and another plan, want nothing", err)
	}
	p := validPush(t)
	p.Revision = 9
	_, err := rules.Push(t.Context(), p)
	wantCode(t, "a push to a withdrawn case", err, todo.CodeCaseWithdrawn)
}

func TestGetCase_IsAsItStandsNow(t *testing.T) {
	t.Parallel()
	_, rules, later := pushed(t)
	*later = todo.Window - time.Millisecond
	for _, want := range []todo.State{todo.Open, todo.Expired} {
		got, err := rules.GetCase(t.Context(), "sd", "2026-1")
		if err != nil || len(got.Todos) != 2 || got.Todos[0].State != want {
			t.Errorf("got %v (%v), want %s", got.Todos, err, want)
		}
		*later += time.Millisecond
	}
}

func TestPush_RevisionKeepsTheRowOfItsCase(t *testing.T) {
	t.Parallel()
	s, rules, _ := pushed(t)
	first := s.current.ID
	p := validPush(t)
	p.Revision = 1<<53 - 1 // the largest integer that every JSON reader keeps
	p.Header.Mode = todo.AtWindow
	if _, err := rules.Push(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(first, "cas_") || s.current.ID != first || s.plan.Open[0].CaseRow != first {
		t.Errorf("got the row %q for %q", s.current.ID, first)
	}
	p.Revision++
	var rejected *todo.RejectedError
	if _, err := rules.Push(t.Context(), p); !errors.As(err, &rejected) || rejected.Code != todo.CodeContentInvalid {
		t.Errorf("got %v beyond it", err)
	}
}
