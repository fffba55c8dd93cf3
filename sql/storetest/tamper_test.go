package storetest_test

import (
	"cmp"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/bar"
	"renzheng/identity"
	"renzheng/rulebook"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/window"
)

const tamperings = 100

// Whoever changes a row that carries authority in the database, or inserts one, is noticed.
func TestTamper_EveryChangeIsNoticed(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			m := newTampering(t, authority(t, engine))
			if found := m.verify(); len(found) > 0 {
				t.Fatalf("got %v before any change", found)
			}
			changes, noticed := 0, 0
			for changes < tamperings {
				what, want, undo := m.change()
				if undo == nil {
					continue // the engine rejects it
				}
				changes++
				if got := m.verify(); same(got, want) {
					noticed++
				} else {
					t.Errorf("%s: got %v, want %v", what, got, want)
				}
				undo()
			}
			if found := m.verify(); len(found) > 0 {
				t.Errorf("got %v after all changes were undone", found)
			}
			fmt.Printf("%s\nchanges: %d, noticed: %d\n", engine.Name, changes, noticed)
		})
	}
}

// authority plays until every tagged table has rows.
func authority(t *testing.T, engine storetest.Engine) *fixture {
	t.Helper()
	todos := newTodoFixture(t, engine)
	f := &fixture{t: t, store: todos.replicas[0], replica: todos.replicas[1], dsn: todos.dsn, keys: todos.keys, now: storetest.Now()}
	for range 2 {
		v, r := todos.ready(t, todos.document(t, "张三"))
		todos.ready(t, todos.document(t, "李四"))
		if _, err := todos.rules[0].ConfirmTodo(t.Context(), v, r); err != nil {
			t.Fatal(err)
		}
	}
	ses, _ := f.granted(t, "u", ann(t))
	f.worksOn(t, ses)
	f.reserve(t, f.access(t, ses, ann(t)))
	for _, user := range []string{"before", "now"} {
		frozen, _ := f.granted(t, user, ann(t))
		f.freeze(t, frozen)
		if user == "before" {
			f.lift(t, user, ann(t))
		}
	}
	for _, provider := range []string{"*", "alipay"} {
		repair := f.repair(0)
		repair.Provider = provider
		if err := f.store.PutSwitch(t.Context(), repair); err != nil {
			t.Fatal(err)
		}
	}
	w, d := newWindowFixture(t, todos), todos.document(t, "王五")
	by := w.as(clerk(), todos.document(t, "赵六"))
	for range 2 {
		asked := todos.open(t, d)[0]
		v := must[window.Visit](t)(w.halls[0].Identify(t.Context(), by, w.begun(t, asked).ID, seen(asked, d)))
		w.escalated(t, v)
	}
	for _, user := range []string{"appellant", "another"} {
		a := f.submittedWithReading(t, f.login(t, user))
		propose := func() error {
			return f.store.Propose(t.Context(), actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.Stands})
		}
		sendBack := func() error {
			return f.store.SendBack(t.Context(), actOf(reviewers[1], a, f.now), f.readBy(t, reviewers[1], a), identity.NewSecret(user))
		}
		if err := errors.Join(propose(), sendBack(), propose()); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"钱七", "孙八"} {
		must[bar.Bar](t)(f.store.ProposeBar(t.Context(), bar.Proposal{
			Term: bar.Term{Reason: bar.Reasons()[0].Code, Until: f.now.Add(time.Hour)}, Member: clerk(), Document: todos.document(t, name), Reference: "2026-1", Now: f.now,
		}))
	}
	for n := range 2 {
		if _, err := f.store.Record(t.Context(), act(f, n)); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 2 {
		v := f.proposed(t, operator(1), n)
		must[rulebook.Version](t)(f.store.WithdrawVersion(t.Context(), f.ruleAct(operator(1), v, rulebook.KindWithdrawn)))
	}
	return f
}

// change makes a random change. It returns what it did, which rows must be noticed, and how to undo it; undo is nil if the
// engine rejected the change.
func (m *tampering) change() (what string, want []store.AlteredError, undo func()) {
	m.t.Helper()
	tables := store.TaggedTables()
	rows := m.rows(tables[mathrand.IntN(len(tables))])
	old := rows[mathrand.IntN(len(rows))]
	changed := old.clone()
	tag := old.at("tag")
	switch mathrand.IntN(10) {
	case 0:
		return m.forge(m.unique(old))
	case 1:
		return m.swap(old, rows[mathrand.IntN(len(rows))])
	case 2: //nolint:mnd // one of ten
		others := m.rows(tables[mathrand.IntN(len(tables))])
		what, changed.values[tag] = "another row's tag", others[mathrand.IntN(len(others))].values[others[0].at("tag")]
	case 3: //nolint:mnd // one of ten
		what, changed.values[tag] = "no tag", []byte{}
	default:
		column := mathrand.IntN(len(old.columns))
		if untagged()[old.table+"."+old.columns[column]] != "" {
			return "", nil, nil
		}
		what, changed.values[column] = old.columns[column], m.another(column, old, rows)
	}
	if slices.EqualFunc(old.values, changed.values, func(a, b any) bool { return text(a) == text(b) }) || !m.replace(old, changed) {
		return "", nil, nil
	}
	return old.table + ": " + what, []store.AlteredError{changed.name()}, func() { m.back(changed, old) }
}

// forge inserts a row that looks like another one.
func (m *tampering) forge(r dbRow) (what string, want []store.AlteredError, undo func()) {
	m.t.Helper()
	if m.insert(r) != nil {
		return "", nil, nil
	}
	return r.table + ": a forged row", []store.AlteredError{r.name()}, func() {
		if err := m.remove(r); err != nil {
			m.t.Fatal(err)
		}
	}
}

// swap exchanges the tags of two rows of one table.
func (m *tampering) swap(a, b dbRow) (what string, want []store.AlteredError, undo func()) {
	m.t.Helper()
	if a.name() == b.name() {
		return "", nil, nil
	}
	tag, x, y := a.at("tag"), a.clone(), b.clone()
	x.values[tag], y.values[tag] = b.values[tag], a.values[tag]
	if !m.replace(a, x) || !m.replace(b, y) {
		m.t.Fatalf("%s rejects a tag", a.table)
	}
	return a.table + ": exchanged tags", []store.AlteredError{x.name(), y.name()}, func() { m.back(x, a); m.back(y, b) }
}

func (m *tampering) back(changed, old dbRow) {
	m.t.Helper()
	if !m.replace(changed, old) {
		m.t.Fatalf("%s rejects a row that it had", old.table)
	}
}

func same(got, want []store.AlteredError) bool {
	order := func(a, b store.AlteredError) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	return slices.Equal(got, want)
}

// Each column of a tagged table is authenticated, or has a reason not to be.
func TestTamper_EveryColumnIsAuthenticated(t *testing.T) {
	t.Parallel()
	m := newTampering(t, authority(t, storetest.Engines(t)[0]))
	unused := untagged()
	for _, table := range store.TaggedTables() {
		rows := m.rows(table)
		if len(rows) == 0 {
			t.Fatalf("%s has no rows to change", table)
		}
		for i, column := range rows[0].columns {
			delete(unused, table+"."+column)
			changed := rows[0].clone()
			changed.values[i] = m.another(i, rows[0], rows[:1])
			if !m.replace(rows[0], changed) {
				t.Fatalf("%s.%s cannot be changed", table, column)
			}
			if noticed := len(m.verify()) == 1; noticed == (untagged()[table+"."+column] != "") {
				t.Errorf("a change of %s.%s: got noticed %v", table, column, noticed)
			}
			m.back(changed, rows[0])
		}
	}
	if len(unused) > 0 {
		t.Errorf("there is no column for %v", unused)
	}
}
