package storetest_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/receipt"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

func TestCase_PushAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			first := push("c", 2, zhang, li)
			made := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), first))
			if !made.Created || !made.Changed || len(made.Case.Todos) != 2 || made.Case.Revision != 2 {
				t.Fatalf("got created %v, %d todos, revision %d", made.Created, len(made.Case.Todos), made.Case.Revision)
			}
			first.Signers[0], first.Signers[1] = first.Signers[1], first.Signers[0]
			same := must[todo.PushResult](t)(f.rules[1].Push(t.Context(), first))
			if same.Created || same.Changed || same.Case.Todos[0].ID != made.Case.Todos[0].ID {
				t.Errorf("the same in another order: got created %v, changed %v; want nothing", same.Created, same.Changed)
			}
			first.Items[0].Value = "贰佰万元"
			_, err := f.rules[0].Push(t.Context(), first)
			wantRejection(t, "the same revision with other content", err, todo.CodeCaseRevisionConflict)
			first.Revision = 1
			_, err = f.rules[0].Push(t.Context(), first)
			wantRejection(t, "a lower revision", err, todo.CodeCaseRevisionConflict)
			if _, err = f.rules[0].GetCase(t.Context(), "gd", "c"); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("another registry's case: got %v, want not found", err)
			}
		})
	}
}

func TestCase_Revise(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li, wang := f.document(t, "张三"), f.document(t, "李四"), f.document(t, "王五")
			before := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", 1, zhang, li, wang))).Case.Todos
			v := f.signIn(t, wang)
			shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, before[2].ID))
			answered, err := f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, shown))
			if err != nil {
				t.Fatal(err)
			}
			f.later.Add(int64(time.Hour))
			revised := push("c", 2, zhang, li, wang)
			revised.Signers[1].Items = []todo.Item{{Label: "出资额", Value: "伍拾万元"}}
			revised.Signers[2].Role = "监事"
			after := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), revised)).Case.Todos
			if after[0].ID != before[0].ID || !after[0].ExpiresAt.Equal(before[0].ExpiresAt) || after[0].Revision != 1 {
				t.Error("an unchanged signer got another todo or window")
			}
			if after[1].ID == before[1].ID || !after[1].ExpiresAt.Equal(f.now().Add(todo.Window)) || after[1].Revision != 2 {
				t.Error("a changed signer kept todo or window")
			}
			if after[2].ID == before[2].ID || after[2].State != todo.Open {
				t.Error("an answered signer whose content changed has no new todo")
			}
			old := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), f.signIn(t, li), before[1].ID))
			if old.State != todo.Superseded {
				t.Errorf("got %s for the earlier todo, want superseded", old.State)
			}
			if kept := must[todo.Confirmation](t)(f.rules[0].GetConfirmation(t.Context(), v, answered.ID)); kept.Revision != 1 {
				t.Errorf("got revision %d for the given answer, want 1", kept.Revision)
			}
			f.wantEvents(t, todo.EventConfirmed, todo.EventSuperseded)
		})
	}
}

// wantEvents sequences and holds the feed of the first registry to these types.
func (f *todoFixture) wantEvents(t *testing.T, want ...todo.EventType) {
	t.Helper()
	must[int](t)(f.rules[0].Sequence(t.Context()))
	var got []todo.EventType
	for _, e := range must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0)) {
		got = append(got, e.Type)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCase_RemovedAndNamedAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", 1, zhang, li)))
			removed := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", 2, zhang))).Case.Todos
			if len(removed) != 2 || removed[1].State != todo.Withdrawn {
				t.Fatalf("got %s for a removed signer, want withdrawn", removed[1].State)
			}
			back := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", 3, zhang, li))).Case.Todos
			if back[1].State != todo.Open || back[1].Revision != 3 || back[1].SubjectID != removed[1].SubjectID {
				t.Errorf("got %s at revision %d for a signer named again, want open at 3", back[1].State, back[1].Revision)
			}
		})
	}
}

func TestCase_Withdraw(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			caseID := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, r.TodoID)).CaseID
			for range 2 {
				if err := f.rules[0].WithdrawCase(t.Context(), "sd", caseID); err != nil {
					t.Fatal(err)
				}
			}
			_, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			wantRejection(t, "confirming after that", err, todo.CodeWithdrawn)
			_, err = f.rules[0].Push(t.Context(), push(caseID, 9, f.document(t, "李四")))
			wantRejection(t, "another revision", err, todo.CodeCaseWithdrawn)
			if err = f.rules[0].WithdrawCase(t.Context(), "gd", caseID); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("another registry: got %v, want not found", err)
			}
		})
	}
}

func TestCase_CloseSigner(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			opened := f.open(t, d)[0]
			f.later.Add(int64(todo.Window + time.Hour)) // persons come to the window when they can
			must[int](t)(f.rules[0].Expire(t.Context()))
			c := must[todo.Confirmation](t)(f.rules[0].CloseSigner(t.Context(), "sd", opened.CaseID, "s0"))
			statement := f.verified(t, c)
			if statement.StatementBy != receipt.Registry || statement.Decision != receipt.DoneAtWindow {
				t.Errorf("got %s by %s, want the registry's statement", statement.Decision, statement.StatementBy)
			}
			again := must[todo.Confirmation](t)(f.rules[1].CloseSigner(t.Context(), "sd", opened.CaseID, "s0"))
			if again.ID != c.ID {
				t.Errorf("again: got %s, want %s", again.ID, c.ID)
			}
			v := f.signIn(t, d)
			if rows := must[todo.Records](t)(f.rules[0].ListConfirmations(t.Context(), v, todo.Page{})).Rows; len(rows) != 0 {
				t.Errorf("got %d records of the person, want none: it is the registry's statement", len(rows))
			}
			v, r := f.ready(t, f.document(t, "李四"))
			answered, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.rules[0].CloseSigner(t.Context(), "sd", answered.CaseID, "s0")
			if stands := wantRejection(t, "a signer who confirmed", err, todo.CodeAlreadyAnswered); stands != answered.ID {
				t.Errorf("got %s as what stands, want %s", stands, answered.ID)
			}
		})
	}
}

func TestCase_PushInParallel(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			var together sync.WaitGroup
			for i := range 16 {
				together.Go(func() {
					p := push("c", int64(1+i/4), zhang)
					p.Items[0].Value = fmt.Sprintf("第%c版", '一'+rune(i/4))
					_, err := f.rules[i%2].Push(t.Context(), p)
					tolerate(t, err)
				})
			}
			together.Wait()
			stands := must[todo.Case](t)(f.rules[0].GetCase(t.Context(), "sd", "c"))
			if stands.Revision != 4 || len(stands.Todos) != 1 || stands.Todos[0].State != todo.Open || stands.Todos[0].Revision != 4 {
				t.Errorf("got revision %d, want the highest with one open todo", stands.Revision)
			}
			rows := must[todo.Listing](t)(f.rules[1].List(t.Context(), f.signIn(t, zhang), todo.Page{})).Rows
			if len(rows) != 1 {
				t.Errorf("got %d rows, want one", len(rows))
			}
		})
	}
}
