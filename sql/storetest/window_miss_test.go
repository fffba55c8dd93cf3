package storetest_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

// limited returns a hall of each replica in which few documents may miss.
func (w *windowFixture) limited(t *testing.T, l window.Limits) []*window.Service {
	t.Helper()
	var halls []*window.Service
	for _, replica := range w.replicas {
		halls = append(halls, window.New(window.Deps{
			Visits: replica, Traces: replica, Limits: l, Policy: must[window.Policy](t)(window.DefaultPolicy()), Clock: w.now, Rand: rand.Reader,
		}))
	}
	return halls
}

// guess types a document and returns why it was not taken.
func (w *windowFixture) guess(t *testing.T, hall *window.Service, by staff.Member, of todo.Todo, d identity.Document) error {
	t.Helper()
	v, err := hall.Open(t.Context(), by, window.Opening{FoundBy: window.ByDocument})
	if err == nil {
		_, err = hall.Identify(t.Context(), by, v.ID, seen(of, d))
	}
	return err
}

// Guesses end, whatever visits, replicas or repetitions they come by, and so does what is learnt from them.
func TestWindow_LimitsGuesses(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		const limit, guesses = 5, 12
		halls := w.limited(t, window.Limits{Member: limit, Office: 100})
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		if err := w.guess(t, halls[0], clerk(), asked, ann); err != nil {
			t.Fatal(err) // what matches is not counted
		}
		var strangers [guesses]identity.Document
		for n := range strangers {
			strangers[n] = w.document(t, "李四")
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		missed, limited := 0, 0
		for n, stranger := range strangers {
			all.Go(func() {
				err := w.guess(t, halls[n%2], clerk(), asked, stranger)
				mu.Lock()
				defer mu.Unlock()
				if errors.Is(err, window.ErrNotSigner) {
					missed++
				} else if _, ok := errors.AsType[*window.LimitError](err); ok {
					limited++
				} else {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if missed != limit || limited != guesses-limit {
			t.Errorf("got %d misses and %d that were not looked up, want %d and %d", missed, limited, limit, guesses-limit)
		}
		if rows, entries := w.count(t, "SELECT COUNT(*) FROM visit_misses"), w.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE kind = 'visit.not_identified'"); rows != limit || entries != limit {
			t.Errorf("got %d rows and %d entries, want %d", rows, entries, limit)
		}
		var until time.Time
		if e, ok := errors.AsType[*window.LimitError](w.guess(t, halls[0], clerk(), asked, ann)); ok {
			until = e.Until
		}
		if !until.Equal(w.now().Add(window.MissWindow)) {
			t.Errorf("a document that would match: got until %v", until)
		}
		if err := w.guess(t, halls[1], member(3, staff.Clerk), asked, ann); err != nil {
			t.Errorf("another member: got %v", err)
		}
		w.later.Add(int64(window.MissWindow))
		if err := w.guess(t, halls[1], clerk(), asked, ann); err != nil {
			t.Errorf("a day later: got %v", err)
		}
	})
}

// Guesses of codes and numbers end as those of documents do, wherever they are typed.
func TestWindow_LimitsGuessesOfCodes(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		const limit, guesses = 5, 12
		asked := w.open(t, w.document(t, "张三"))[0]
		searches := map[string]func(hall *window.Service, m staff.Member, n int) error{
			"no_such_slip": func(hall *window.Service, m staff.Member, n int) error {
				_, err := hall.FindSlip(t.Context(), m, fmt.Sprintf("ses_%010d", n))
				return err
			},
			"no_such_ticket": func(hall *window.Service, m staff.Member, n int) error {
				_, err := hall.FindTicket(t.Context(), m, fmt.Sprintf("T-%08d", n))
				return err
			},
			"no_such_case": func(hall *window.Service, m staff.Member, n int) error {
				if n%2 == 0 {
					_, err := hall.FindCase(t.Context(), m, "sd", fmt.Sprint("none ", n))
					return err
				}
				_, err := hall.Open(t.Context(), m, window.Opening{FoundBy: window.ByCase, RegistryID: "sd", CaseID: fmt.Sprint("none ", n)})
				return err
			},
			"no_such_slip in a visit": func(hall *window.Service, m staff.Member, n int) error {
				v, err := hall.Open(t.Context(), m, window.Opening{FoundBy: window.BySlip, FoundID: fmt.Sprintf("ses_%010d", n)})
				if err == nil {
					_, err = hall.AttemptsOf(t.Context(), m, v.ID)
				}
				return err
			},
		}
		halls, serial := w.limited(t, window.Limits{Member: limit, Office: 100}), 30
		for name, search := range searches {
			serial++
			by := member(serial, staff.Clerk)
			must[window.Found](t)(halls[0].FindCase(t.Context(), by, asked.RegistryID, asked.CaseID)) // what is found is not counted
			outcome, _, _ := strings.Cut(name, " ")
			before := w.count(t, "SELECT COUNT(*) FROM visit_misses WHERE outcome = ?", outcome)
			var all sync.WaitGroup
			var missed, stopped atomic.Int32
			for n := range guesses {
				all.Go(func() {
					switch err := search(halls[n%2], by, n); {
					case errors.Is(err, window.ErrNotFound):
						missed.Add(1)
					case errors.Is(err, window.ErrLimited):
						stopped.Add(1)
					default:
						t.Errorf("%s: got %v", name, err)
					}
				})
			}
			all.Wait()
			rows := w.count(t, "SELECT COUNT(*) FROM visit_misses WHERE outcome = ?", outcome) - before
			if missed.Load() != limit || stopped.Load() != guesses-limit || rows != limit {
				t.Errorf("%s: got %d misses, %d that were not looked up and %d rows, want %d and %d", name, missed.Load(), stopped.Load(), rows, limit, guesses-limit)
			}
			if _, err := halls[1].FindCase(t.Context(), by, asked.RegistryID, asked.CaseID); !errors.Is(err, window.ErrLimited) {
				t.Errorf("%s: got %v for a case that exists, want that nothing is looked up", name, err)
			}
		}
		if n := w.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE kind = 'visit.not_found'"); n != limit*len(searches) {
			t.Errorf("got %d entries of the ledger, want %d", n, limit*len(searches))
		}
	})
}

// A page ends between rows of one millisecond, and the next one has the others.
func TestStaffAccesses_PagesThroughOneMillisecond(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		v := w.waiting(t, w.open(t, ann)[0], ann)
		const rows, page = 7, 3
		for range rows {
			w.looked(t, supervisor(), v)
		}
		seen, after := map[string]bool{}, rights.AccessPosition{At: w.now().Add(time.Millisecond)}
		for {
			found := must[[]rights.StaffAccess](t)(w.replicas[0].StaffAccesses(t.Context(), after, page))
			for _, a := range found {
				if seen[a.ID] || !a.At.Equal(w.now()) {
					t.Errorf("got %s of %v again, or at another time", a.ID, a.At)
				}
				seen[a.ID] = true
			}
			if len(found) < page {
				break
			}
			after = rights.AccessPosition{At: found[page-1].At, ID: found[page-1].ID}
		}
		if len(seen) != rows {
			t.Errorf("got %d rows, want %d", len(seen), rows)
		}
	})
}

// Members of one office cannot share a guess among them.
func TestWindow_LimitsGuessesOfAnOffice(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		halls := w.limited(t, window.Limits{Member: 2, Office: 3})
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		for n := range 5 {
			err := w.guess(t, halls[n%2], member(10+n, staff.Clerk), asked, w.document(t, "李四"))
			if _, limited := errors.AsType[*window.LimitError](err); limited != (n >= 3) {
				t.Errorf("guess %d: got %v", n, err)
			}
		}
		elsewhere := member(20, staff.Clerk)
		elsewhere.Office = "hall-2"
		if err := w.guess(t, halls[0], elsewhere, asked, ann); err != nil {
			t.Errorf("another office: got %v", err)
		}
		if n := w.purge(t)["visit_misses"]; n != 0 {
			t.Errorf("%d rows were purged at once", n)
		}
		w.later.Add(int64(1096 * 24 * time.Hour))
		if n := w.purge(t)["visit_misses"]; n != 3 {
			t.Errorf("got %d rows purged after three years, want 3", n)
		}
	})
}
