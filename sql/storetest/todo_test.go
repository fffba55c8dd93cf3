package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

func TestTodo_List(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			v := f.signIn(t, zhang)
			var want []string
			for range 3 {
				f.later.Add(int64(time.Second))
				want = append([]string{f.open(t, zhang, li)[0].ID}, want...)
			}
			first := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{Limit: 2}))
			if len(first.Rows) != 2 || first.Next == nil {
				t.Fatalf("got %d rows and cursor %v, want 2 and one", len(first.Rows), first.Next)
			}
			rest := must[todo.Listing](t)(f.rules[1].List(t.Context(), v, todo.Page{Limit: 2, Before: *first.Next}))
			var got []string
			for _, row := range append(first.Rows, rest.Rows...) {
				got = append(got, row.ID)
				if row.Headline.EnterpriseName != "山东示例有限公司" || !row.SignerName.Equal(zhang.Name) {
					t.Errorf("row of %s does not show what was pushed", row.ID)
				}
			}
			if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || rest.Next != nil {
				t.Errorf("got %v and cursor %v, want %v and none", got, rest.Next, want)
			}
			f.later.Add(int64(todo.Window - time.Second))
			left := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{}))
			if len(left.Rows) != 2 { // the oldest left the window, the next one is at its edge
				t.Errorf("got %d rows after seven days, want 2", len(left.Rows))
			}
		})
	}
}

func TestTodo_OtherPersonsSeeNothing(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			opened := f.open(t, zhang)[0]
			owner, stranger := f.signIn(t, zhang), f.signIn(t, li)
			borrowed := owner
			borrowed.SessionID = stranger.SessionID
			claimed := stranger
			claimed.SubjectID = owner.SubjectID
			for name, v := range map[string]todo.Viewer{
				"another subject": stranger, "another session with the grant": borrowed, "a grant of another subject": claimed,
			} {
				if _, err := f.rules[0].Detail(t.Context(), v, opened.ID); !errors.Is(err, todo.ErrNotFound) {
					t.Errorf("%s: got %v, want not found", name, err)
				}
				if rows := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{})).Rows; len(rows) != 0 {
					t.Errorf("%s: got %d rows, want none", name, len(rows))
				}
			}
			f.later.Add(int64(31 * 24 * time.Hour))
			if _, err := f.rules[0].Detail(t.Context(), owner, opened.ID); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("after the grant: got %v, want not found", err)
			}
		})
	}
}

func TestTodo_NameDiffers(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			opened := f.open(t, d)[0]
			married := d
			married.Name = f.document(t, "张三丰").Name
			v := f.signIn(t, married)
			for range 2 {
				rows := must[todo.Listing](t)(f.rules[0].List(t.Context(), v, todo.Page{})).Rows
				if len(rows) != 1 || rows[0] != (todo.Row{RegistryID: "sd", RegistryName: "测试市监局", NameDiffers: true}) {
					t.Fatalf("got %d rows, of which the first shows more or less than the registry's name", len(rows))
				}
				_, err := f.rules[0].Detail(t.Context(), v, opened.ID)
				if refusal := new(todo.RejectedError); !errors.As(err, &refusal) || refusal.Code != todo.CodeNameDiffers {
					t.Fatalf("got %v, want %s", err, todo.CodeNameDiffers)
				}
			}
			must[int](t)(f.rules[0].Sequence(t.Context()))
			events := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0))
			if len(events) != 1 || events[0].Type != todo.EventNameMismatch || events[0].TodoID != opened.ID {
				t.Errorf("got %d events, want one name mismatch", len(events))
			}
		})
	}
}

func TestTodo_IsShownWhateverCodePointsTheRegistryWroteTheNameIn(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			pushed := f.document(t, "\uf9e1\u2fbc\ue863") // a compatibility ideograph, a radical, GBK's private use
			opened := f.open(t, pushed)[0]
			typed := pushed
			typed.Name = f.document(t, "李高䶮").Name
			got := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), f.signIn(t, typed), opened.ID))
			if got.Signer.Name.Original() != pushed.Name.Original() {
				t.Errorf("got %+q, want the spelling that was pushed", got.Signer.Name.Original())
			}
		})
	}
}

func TestTodo_ServedAtCountsFromTheFirstTime(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			opened := f.open(t, d)[0]
			v := f.signIn(t, d)
			for range 2 {
				must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, opened.ID))
				f.later.Add(int64(time.Minute))
			}
			again := must[todo.Todo](t)(f.rules[1].Detail(t.Context(), v, opened.ID))
			if !again.ServedAt.Equal(storetest.Now()) {
				t.Errorf("got %v, want %v", again.ServedAt, storetest.Now())
			}
		})
	}
}

// TestTodo_Progress counts the signers of a case, of whom one confirms, and then is asked again by a revision that leaves
// another one out.
func TestTodo_Progress(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li, wang := f.document(t, "张三"), f.document(t, "李四"), f.document(t, "王五")
			v := f.signIn(t, zhang)
			asks := func(revision int64, signers ...identity.Document) todo.Todo {
				return must[todo.PushResult](t)(f.rules[0].Push(t.Context(), push("c", revision, signers...))).Case.Todos[0]
			}
			shows := func(id string, want todo.Progress) {
				t.Helper()
				if got := must[todo.Todo](t)(f.rules[1].Detail(t.Context(), v, id)).Progress; got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
			first := asks(1, zhang, li, wang)
			shows(first.ID, todo.Progress{Signers: 3, Waiting: 3})
			_, err := f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, first.ID))))
			if err != nil {
				t.Fatal(err)
			}
			shows(first.ID, todo.Progress{Signers: 3, Waiting: 2})
			again := push("c", 2, zhang, li)
			again.Items[0].Value = "贰佰万元"
			second := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), again)).Case.Todos[0]
			shows(second.ID, todo.Progress{Signers: 2, Waiting: 2})
			f.later.Add(int64(todo.Window))
			shows(second.ID, todo.Progress{Signers: 2})
		})
	}
}
