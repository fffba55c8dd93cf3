package storetest_test

import (
	"testing"

	"renzheng/retention"
	"renzheng/todo"
)

func hold(kind retention.HoldKind, c todo.Confirmation, f *todoFixture) retention.Hold {
	h := retention.Hold{
		Kind: kind, Registry: c.RegistryID, CaseID: c.CaseID, Ground: "order 17", PlacedBy: "Li", PlacedAt: f.now(),
	}
	if kind == retention.HoldSubject {
		h.SignerID = c.SignerID
	}
	return h
}

// heldTables are the tables with rows of an answered case and its person that a hold keeps.
func heldTables() map[retention.HoldKind][]string {
	return map[retention.HoldKind][]string{
		retention.HoldCase:    {"cases", "todos", "confirmations", "portraits", "strokes_used", "events", "evidence_fetches"},
		retention.HoldSubject: {"cases", "todos", "confirmations", "portraits", "strokes_used", "subjects", "subject_keys", "consents", "sessions", "accounts"},
	}
}

func TestHold_KeepsUntilItIsLifted(t *testing.T) {
	t.Parallel()
	for kind, tables := range heldTables() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			onEachTodo(t, func(t *testing.T, f *todoFixture) {
				_, c := f.confirmed(t, f.document(t, "张三"))
				must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c)))
				before := map[string]int{}
				for _, table := range tables {
					before[table] = f.count(t, "SELECT COUNT(*) FROM "+table)
				}
				placed := must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), hold(kind, c, f)))
				f.past(t, 5000)
				for table, want := range before {
					if got := f.count(t, "SELECT COUNT(*) FROM "+table); got < min(1, want) || table != "portraits" && table != "events" && got < want {
						t.Errorf("held: got %d rows of %s, want %d", got, table, want)
					}
				}
				if f.erased(t, c) {
					t.Error("held: the answer was erased")
				}
				wantError(t, f.replicas[0].EraseCase(t.Context(), c.CaseRow, f.now()), retention.ErrHeld)
				if e := must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), answerOf(c))); e.Portrait == nil || len(e.Confirmation.Openings) == 0 {
					t.Error("held: the evidence is not whole")
				}
				if err := f.replicas[1].LiftHold(t.Context(), placed.ID, "Wang", f.now()); err != nil {
					t.Fatal(err)
				}
				wantError(t, f.replicas[1].LiftHold(t.Context(), placed.ID, "Wang", f.now()), retention.ErrUnknown)
				f.past(t, 8000)
				if !f.erased(t, c) {
					t.Error("lifted: the answer was not erased")
				}
				f.wantNothingOf(t, c)
			})
		})
	}
}

func TestHold_KeepsNothingElse(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		_, held := f.confirmed(t, f.document(t, "张三"))
		_, other := f.confirmed(t, f.document(t, "李四"))
		must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), hold(retention.HoldSubject, held, f)))
		f.past(t, 5000)
		if f.erased(t, held) || !f.erased(t, other) {
			t.Errorf("got the held answer erased %t and the other %t, want only the other", f.erased(t, held), f.erased(t, other))
		}
	})
}

func TestHold_OnACaseThatNobodyAnswered(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		opened := f.open(t, f.document(t, "张三"))[0]
		c := todo.Confirmation{RegistryID: opened.RegistryID, CaseID: opened.CaseID, SignerID: opened.SignerID}
		placed := must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), hold(retention.HoldCase, c, f)))
		f.past(t, 5000)
		due := must[[]retention.Planned](t)(retaining(f.replicas[0], f.now, nil).Plan(t.Context()))
		for _, p := range due {
			if p.Class == retention.UnansweredCases && (p.Now != 0 || p.Held != 1) {
				t.Errorf("got %+v, want the case held", p)
			}
		}
		if err := f.replicas[0].LiftHold(t.Context(), placed.ID, "Wang", f.now()); err != nil {
			t.Fatal(err)
		}
		f.purge(t)
		if n := f.count(t, "SELECT COUNT(*) FROM cases"); n != 0 {
			t.Errorf("got %d cases after the hold was lifted, want none", n)
		}
	})
}

func TestHold_NeedsWhatItNames(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		_, c := f.confirmed(t, f.document(t, "张三"))
		wrong := hold(retention.HoldSubject, c, f)
		wrong.SignerID = "nobody"
		_, err := f.replicas[0].PlaceHold(t.Context(), wrong)
		wantError(t, err, retention.ErrUnknown)
		wrong = hold(retention.HoldCase, c, f)
		wrong.CaseID = "none"
		_, err = f.replicas[0].PlaceHold(t.Context(), wrong)
		wantError(t, err, retention.ErrUnknown)
		if err = f.replicas[0].EraseCase(t.Context(), c.CaseRow, f.now()); err != nil {
			t.Fatal(err)
		}
		_, err = f.replicas[0].PlaceHold(t.Context(), hold(retention.HoldCase, c, f))
		wantError(t, err, retention.ErrErased)
		if all := must[[]retention.Hold](t)(f.replicas[0].Holds(t.Context(), true)); len(all) != 0 {
			t.Errorf("got %d holds, want none", len(all))
		}
	})
}

func TestHold_IsListedUntilItsOwnEnd(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		_, c := f.confirmed(t, f.document(t, "张三"))
		want := must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), hold(retention.HoldSubject, c, f)))
		got := must[[]retention.Hold](t)(f.replicas[1].Holds(t.Context(), false))
		want.PlacedAt = want.PlacedAt.UTC()
		if len(got) != 1 || got[0] != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if err := f.replicas[0].LiftHold(t.Context(), want.ID, "Wang", f.now()); err != nil {
			t.Fatal(err)
		}
		if in := must[[]retention.Hold](t)(f.replicas[0].Holds(t.Context(), false)); len(in) != 0 {
			t.Errorf("got %d holds in force, want none", len(in))
		}
		f.past(t, 1094)
		if all := must[[]retention.Hold](t)(f.replicas[0].Holds(t.Context(), true)); len(all) != 1 || all[0].LiftedBy != "Wang" {
			t.Errorf("got %+v, want the lifted hold", all)
		}
		if gone := f.past(t, 1096); gone[retention.LiftedHolds] != 1 {
			t.Errorf("got %v, want the lifted hold gone", gone)
		}
	})
}
