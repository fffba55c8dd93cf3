package storetest_test

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"renzheng/identity"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// foundation returns the case of a joint-stock company that the persons found. Each of them is a promoter, a shareholder
// and a director.
func foundation(caseID string, revision int64, promoters ...identity.Document) todo.Push {
	p := push(caseID, revision)
	for _, d := range promoters {
		for _, role := range []string{"发起人", "股东", "董事"} {
			p.Signers = append(p.Signers, todo.Signer{
				SignerID: "s" + strconv.Itoa(len(p.Signers)), Role: role, Document: d,
			})
		}
	}
	return p
}

func (f *todoFixture) promoters(t *testing.T) []identity.Document {
	t.Helper()
	all := make([]identity.Document, todo.MaxPersons)
	for i := range all {
		all[i] = f.document(t, "张三")
	}
	return all
}

func TestCase_TwoHundredPromotersInThreeRolesEach(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			promoters := f.promoters(t)
			first := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), foundation("c", 1, promoters...)))
			if len(first.Case.Todos) != todo.MaxSigners {
				t.Fatalf("got %d todos, want %d", len(first.Case.Todos), todo.MaxSigners)
			}
			if again := must[todo.PushResult](t)(f.rules[1].Push(t.Context(), foundation("c", 1, promoters...))); again.Changed {
				t.Error("the same revision changed something")
			}
			last := promoters[len(promoters)-1]
			v := f.signIn(t, last)
			rows := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{})).Rows
			if len(rows) != 3 {
				t.Fatalf("got %d rows for one of them, want one for each role", len(rows))
			}
			shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, rows[0].ID))
			if _, err := f.rules[1].ConfirmTodo(t.Context(), v, f.yes(t, v, shown)); err != nil {
				t.Fatal(err)
			}
			states := statesOf(must[todo.Case](t)(f.rules[0].GetCase(t.Context(), "sd", "c")))
			if states[todo.Confirmed] != 1 || states[todo.Open] != todo.MaxSigners-1 {
				t.Errorf("got %v, want one confirmed and all others open", states)
			}

			revised := foundation("c", 2, promoters...)
			revised.Items[0].Value = "贰佰万元"
			second := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), revised))
			if states = statesOf(second.Case); states[todo.Open] != todo.MaxSigners {
				t.Errorf("got %v after a revision that concerns all, want all open", states)
			}
			if err := f.rules[0].WithdrawCase(t.Context(), "sd", "c"); err != nil {
				t.Fatal(err)
			}
			if states = statesOf(must[todo.Case](t)(f.rules[0].GetCase(t.Context(), "sd", "c"))); states[todo.Withdrawn] != todo.MaxSigners {
				t.Errorf("got %v after the withdrawal, want all withdrawn", states)
			}
			if n := must[int](t)(f.rules[0].Sequence(t.Context())); n != todo.MaxSigners {
				t.Errorf("got %d events, want one for the answer and one for each other todo that was superseded", n)
			}
		})
	}
}

func statesOf(c todo.Case) map[todo.State]int {
	states := map[todo.State]int{}
	for _, one := range c.Todos {
		states[one.State]++
	}
	return states
}

// Two pushes with the same promoters in opposite order must not deadlock.
func TestCase_SamePromotersTwiceAtOnce(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			promoters := f.promoters(t)
			var pushing sync.WaitGroup
			for i, rules := range f.rules {
				named := slices.Clone(promoters)
				if i > 0 {
					slices.Reverse(named)
				}
				pushing.Go(func() {
					if _, err := rules.Push(t.Context(), foundation("c"+strconv.Itoa(i), 1, named...)); err != nil {
						t.Error(err)
					}
				})
			}
			pushing.Wait()
			rows := must[todo.Listing](t)(f.rules[0].List(t.Context(), f.signIn(t, promoters[0]), todo.Page{})).Rows
			if len(rows) != 6 {
				t.Errorf("got %d rows, want three of each company for one person", len(rows))
			}
		})
	}
}

func TestCase_AsLargeAsIsAllowed(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			large := foundation("c", 1, f.promoters(t)...)
			large.Items = nil
			for range todo.MaxShownBytes / todo.MaxSigners / 6000 {
				large.Items = append(large.Items, todo.Item{Label: "经营范围", Value: strings.Repeat("样", 1995)})
			}
			made := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), large))
			if len(made.Case.Todos) != todo.MaxSigners {
				t.Errorf("got %d todos, want %d", len(made.Case.Todos), todo.MaxSigners)
			}
			for _, one := range must[todo.Case](t)(f.replicas[1].Case(t.Context(), "sd", "c")).Todos {
				if !slices.Equal(one.Content.Items, large.Items) {
					t.Fatalf("got %d items for %s, want all as pushed", len(one.Content.Items), one.SignerID)
				}
			}
			if outline := must[todo.Case](t)(f.rules[1].GetCase(t.Context(), "sd", "c")); outline.Todos[0].Content.Items != nil {
				t.Error("the outline reads contents that nobody asked for")
			}
		})
	}
}
