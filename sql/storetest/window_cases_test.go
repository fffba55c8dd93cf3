package storetest_test

import (
	"errors"
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/todo"
	"renzheng/window"
)

// casesOf begins a visit and asks for the cases of a document.
func (w *windowFixture) casesOf(t *testing.T, d identity.Document, registries ...string) ([]string, error) {
	t.Helper()
	v := must[window.Visit](t)(w.halls[0].Open(t.Context(), clerk(), window.Opening{FoundBy: window.ByDocument}))
	found, err := w.halls[1].CasesOf(t.Context(), clerk(), v.ID, seen(todo.Todo{}, d), registries)
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.CaseID
	}
	slices.Sort(ids)
	return ids, err
}

// A document leads to the person's own open cases at the registries that were asked, each look is recorded for the person, and a document that
// leads to nothing is a miss.
func TestWindow_FindsTheCasesOfADocument(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		first, second := w.open(t, ann)[0], w.open(t, bob, ann)[1]
		w.open(t, bob)
		want := []string{first.CaseID, second.CaseID}
		slices.Sort(want)
		if got, err := w.casesOf(t, ann, "sd", "gd"); err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
		for name, tt := range map[string]struct {
			of         identity.Document
			registries []string
			want       error
		}{
			"another registry":    {ann, []string{"gd"}, window.ErrNotSigner},
			"no registry":         {ann, nil, window.ErrNotSigner},
			"a stranger":          {w.document(t, "张三"), []string{"sd"}, window.ErrNotSigner},
			"a name that differs": {named(t, ann, "张叁"), []string{"sd"}, window.ErrNameDiffers},
		} {
			if got, err := w.casesOf(t, tt.of, tt.registries...); !errors.Is(err, tt.want) || len(got) > 0 {
				t.Errorf("%s: got %v, %v; want %v", name, got, err, tt.want)
			}
		}
		if misses, shown := w.count(t, "SELECT COUNT(*) FROM visit_misses"), w.count(t, "SELECT COUNT(*) FROM staff_accesses WHERE shown = 'cases'"); misses != 4 || shown != 1 {
			t.Errorf("got %d misses and %d accesses, want 4 and 1", misses, shown)
		}
		for _, asked := range []todo.Todo{first, second} {
			v := w.verified(t, asked, ann)
			c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)))
			w.wantAnswer(t, v, c)
		}
		if got, err := w.casesOf(t, ann, "sd"); !errors.Is(err, window.ErrNothingAsked) || len(got) > 0 {
			t.Errorf("everything is answered: got %v, %v", got, err)
		}
		v := w.begun(t, first)
		form := seen(first, ann)
		if _, err := w.halls[0].Identify(t.Context(), clerk(), v.ID, form); !errors.Is(err, window.ErrNothingAsked) {
			t.Errorf("a case without a todo: got %v", err)
		}
		form.Anyway = true
		if got := must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), v.ID, form)); got.State != window.Waiting {
			t.Errorf("got %s, want it to wait for the supervisor", got.State)
		}
		if misses, shown := w.count(t, "SELECT COUNT(*) FROM visit_misses"), w.count(t, "SELECT COUNT(*) FROM staff_accesses WHERE shown = 'cases'"); misses != 4 || shown != 4 {
			t.Errorf("got %d misses and %d accesses, want 4 and 4", misses, shown)
		}
	})
}

// wantAnswer fails unless the office of a visit, and no other, reads the answer that was given in it.
func (w *windowFixture) wantAnswer(t *testing.T, v window.Visit, c todo.Confirmation) {
	t.Helper()
	got := must[[]window.Answer](t)(w.halls[1].Answers(t.Context(), supervisor(), v.ID))
	want := window.Answer{
		ConfirmationID: c.ID, EntryID: c.Window.EntryID, Decision: string(c.Decision), Manner: string(c.Window.Manner), AnsweredAt: c.AnsweredAt,
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got = must[[]window.Answer](t)(w.halls[1].Answers(t.Context(), centre(), v.ID)); len(got) != 0 {
		t.Errorf("another office reads %+v", got)
	}
}

// named is a document with another name.
func named(t *testing.T, d identity.Document, name string) identity.Document {
	t.Helper()
	return must[identity.Document](t)(identity.ParseDocument(d.Type, d.Number.Reveal(), name))
}
