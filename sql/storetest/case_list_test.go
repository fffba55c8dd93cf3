package storetest_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/todo"
)

// caseIDs returns the ids of all pages of a list of cases.
func (f *todoFixture) caseIDs(t *testing.T, q todo.CaseQuery) []string {
	t.Helper()
	var ids []string
	for range 10 {
		page := must[todo.CaseListing](t)(f.rules[1].ListCases(t.Context(), q))
		for _, c := range page.Cases {
			ids = append(ids, c.CaseID)
		}
		if page.Next == nil {
			return ids
		}
		q.After = *page.Next
	}
	t.Fatal("the list does not end")
	return nil
}

func TestCaseList_FiltersAndPages(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			start := f.now()
			for _, id := range []string{"b-2", "a", "b-1", "b", "B-9"} { // the first two at one time
				must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push(id, 1, f.document(t, "张三"))))
				if id != "b-2" {
					f.later.Add(int64(time.Minute))
				}
			}
			revised := push("b-1", 2, f.document(t, "李四"))
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), revised))
			if err := f.rules[0].WithdrawCase(t.Context(), "sd", "b"); err != nil {
				t.Fatal(err)
			}
			for name, c := range map[string]struct {
				query todo.CaseQuery
				want  []string
			}{
				"all, by receipt":      {todo.CaseQuery{}, []string{"a", "b-2", "b", "B-9", "b-1"}},
				"a prefix, by id":      {todo.CaseQuery{Prefix: "b"}, []string{"b", "b-1", "b-2"}},
				"a longer prefix":      {todo.CaseQuery{Prefix: "b-"}, []string{"b-1", "b-2"}},
				"no such prefix":       {todo.CaseQuery{Prefix: "c"}, nil},
				"withdrawn":            {todo.CaseQuery{State: todo.CaseWithdrawn}, []string{"b"}},
				"open with a prefix":   {todo.CaseQuery{State: todo.CaseOpen, Prefix: "b"}, []string{"b-1", "b-2"}},
				"since is inclusive":   {todo.CaseQuery{Since: start.Add(2 * time.Minute)}, []string{"b", "B-9", "b-1"}},
				"until is exclusive":   {todo.CaseQuery{Until: start.Add(2 * time.Minute)}, []string{"a", "b-2"}},
				"another registry":     {todo.CaseQuery{RegistryID: "gd"}, nil},
				"the other's prefix":   {todo.CaseQuery{RegistryID: "gd", Prefix: "b"}, nil},
				"an unknown state":     {todo.CaseQuery{State: "unknown"}, nil},
				"a time range, by ids": {todo.CaseQuery{Prefix: "b", Since: start, Until: start.Add(time.Minute)}, []string{"b-2"}},
			} {
				for _, limit := range []int{1, 2, 50} {
					q := c.query
					q.Limit = limit
					if q.RegistryID == "" {
						q.RegistryID = "sd"
					}
					if got := f.caseIDs(t, q); !slices.Equal(got, c.want) {
						t.Errorf("%s, %d a page: got %q, want %q", name, limit, got, c.want)
					}
				}
			}
		})
	}
}

func TestCaseList_RevisedCaseComesAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			for i := range 3 {
				must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push(fmt.Sprint("c", i), 1, f.document(t, "张三"))))
				f.later.Add(int64(time.Second))
			}
			first := must[todo.CaseListing](t)(f.rules[0].ListCases(t.Context(), todo.CaseQuery{RegistryID: "sd", Limit: 2}))
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c0", 2, f.document(t, "李四"))))
			got := f.caseIDs(t, todo.CaseQuery{RegistryID: "sd", After: *first.Next})
			if want := []string{"c2", "c0"}; !slices.Equal(got, want) {
				t.Errorf("got %q after the first page, want %q", got, want)
			}
		})
	}
}

func TestCaseList_CountsSigners(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li, wang := f.document(t, "张三"), f.document(t, "李四"), f.document(t, "王五")
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", 1, zhang, li, wang)))
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("other", 1, zhang)))
			must[todo.Confirmation](t)(f.rules[0].CloseSigner(t.Context(), "sd", "c", "s0"))
			revised := push("c", 2, zhang, li)
			revised.Signers[1].Role = "监事" // a new todo; s2 is removed
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), revised))
			count := func(want todo.SignerCounts) {
				t.Helper()
				got := must[todo.CaseListing](t)(f.rules[0].ListCases(t.Context(), todo.CaseQuery{RegistryID: "sd", Prefix: "c"})).Cases
				if len(got) != 1 || got[0].Signers != want || got[0].Revision != 2 || got[0].State != todo.CaseOpen {
					t.Errorf("got %+v, want revision 2, open, with %+v", got, want)
				}
			}
			count(todo.SignerCounts{Open: 1, Answered: 1, Closed: 1})
			f.later.Add(int64(todo.Window)) // the worker has not run
			count(todo.SignerCounts{Answered: 1, Closed: 2})
		})
	}
}
