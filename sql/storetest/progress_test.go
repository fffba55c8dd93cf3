package storetest_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// types returns the types of a registry's events, in the order of its feed.
func (f *todoFixture) types(t *testing.T, registryID string) []todo.EventType {
	t.Helper()
	must[int](t)(f.rules[0].Sequence(t.Context()))
	var types []todo.EventType
	for _, e := range must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), registryID, 0, 0)) {
		types = append(types, e.Type)
	}
	return types
}

// follow makes both replicas announce the progress of these registries.
func (f *todoFixture) follow(registries ...string) {
	for _, replica := range f.replicas {
		replica.AnnounceProgress(func() []string { return registries })
	}
}

// answerStepByStep opens a case of a registry and takes its signer through everything, some time apart.
func (f *todoFixture) answerStepByStep(t *testing.T, registryID string) {
	t.Helper()
	d := f.document(t, "张三")
	p := push("c", 1, d)
	p.RegistryID = registryID
	pushed := must[todo.PushResult](t)(f.rules[0].Push(t.Context(), p)).Case.Todos[0]
	var v todo.Viewer
	var shown todo.Todo
	for range 2 { // a second session is shown it too
		v = f.signIn(t, d)
		shown = must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, pushed.ID))
		must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, pushed.ID))
		f.later.Add(int64(time.Second))
	}
	f.verify(t, v, shown)
	f.later.Add(int64(time.Second))
	request := f.yes(t, v, shown) // verifies once more
	f.later.Add(int64(time.Second))
	if _, err := f.rules[0].ConfirmTodo(t.Context(), v, request); err != nil {
		t.Fatal(err)
	}
}

func TestProgress_IsAnnouncedOnceAndInOrder(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.follow("sd")
			f.answerStepByStep(t, "sd")
			f.answerStepByStep(t, "gd")
			want := []todo.EventType{todo.EventViewed, todo.EventVerified, todo.EventConfirmed}
			if got := f.types(t, "sd"); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if got := f.types(t, "gd"); !slices.Equal(got, []todo.EventType{todo.EventConfirmed}) {
				t.Errorf("a registry that does not follow progress: got %v", got)
			}
			for _, e := range must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0))[:2] {
				if e.CaseID != "c" || e.SignerID != "s0" || e.TodoID == "" || e.Revision != 1 || e.ConfirmationID != "" || e.Receipt != "" {
					t.Errorf("got %+v, want case, signer, todo and revision alone", e)
				}
			}
		})
	}
}

func TestProgress_IsAnnouncedOnceByManyAtOnce(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.follow("sd")
			d := f.document(t, "张三")
			opened := f.open(t, d)[0]
			var viewers []todo.Viewer
			for range 6 {
				viewers = append(viewers, f.signIn(t, d))
			}
			var together sync.WaitGroup
			for i, v := range viewers {
				together.Go(func() {
					if _, err := f.rules[i%2].Detail(t.Context(), v, opened.ID); err != nil {
						t.Error(err)
					}
				})
			}
			together.Wait()
			if got := f.types(t, "sd"); !slices.Equal(got, []todo.EventType{todo.EventViewed}) {
				t.Errorf("got %v, want one", got)
			}
			for _, v := range viewers {
				f.verify(t, v, opened) // each session was shown it
			}
		})
	}
}

// TestProgress_CostsNothingWhereNobodyFollows compares the statements of showing a todo.
func TestProgress_CostsNothingWhereNobodyFollows(t *testing.T) {
	t.Parallel()
	f, rules, statements := countedFixture(t)
	counted, ok := rules.Todos.(*store.Store)
	if !ok {
		t.Fatal("the rules are not on a store")
	}
	cost := func() int64 {
		d := f.document(t, "张三")
		opened, v := f.open(t, d)[0], f.signIn(t, d)
		statements.Store(0)
		must[todo.Todo](t)(rules.Detail(t.Context(), v, opened.ID))
		return statements.Load()
	}
	plain := cost()
	counted.AnnounceProgress(func() []string { return nil })
	if n := cost(); n != plain {
		t.Errorf("nobody follows: got %d statements, want %d", n, plain)
	}
	counted.AnnounceProgress(func() []string { return []string{"gd"} })
	if n := cost(); n != plain {
		t.Errorf("another registry follows: got %d statements, want %d", n, plain)
	}
	counted.AnnounceProgress(func() []string { return []string{"sd"} })
	if n := cost(); n != plain+1 {
		t.Errorf("the registry follows: got %d statements, want %d", n, plain+1)
	}
}
