package storetest_test

import (
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/todo"
)

const day = 24 * time.Hour

// unfetched is a fixture with an answer whose evidence nobody has fetched.
type unfetched struct {
	*todoFixture

	answer todo.Confirmation
}

func newUnfetched(t *testing.T, engine storetest.Engine) unfetched {
	t.Helper()
	f := newTodoFixture(t, engine)
	v, r := f.ready(t, f.document(t, "张三"))
	c, err := f.rules[0].ConfirmTodo(t.Context(), v, r)
	if err != nil {
		t.Fatal(err)
	}
	return unfetched{f, c.Confirmation}
}

// after runs the workers of both replicas at a time after the answer, and returns how many portraits they announced.
func (u unfetched) after(t *testing.T, later time.Duration) int {
	t.Helper()
	u.later.Store(int64(later))
	announced := 0
	for i, rules := range u.rules {
		announced += must[int](t)(rules.AnnouncePortraits(t.Context()))
		purgeAt(t, u.replicas[i], u.now())
	}
	return announced
}

// hasPortrait reads the table, because fetching the evidence would change when the portrait is deleted.
func (u unfetched) hasPortrait(t *testing.T) bool {
	t.Helper()
	db := &fixture{t: t, dsn: u.dsn}
	var n int
	err := db.raw(t).GetContext(t.Context(), &n, "SELECT COUNT(*) FROM portraits p JOIN confirmations c ON c.portrait_id = p.id")
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

func TestPortrait_NeverFetchedGoesAfter180DaysAndIsAnnounced(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			u := newUnfetched(t, engine)
			if n := u.after(t, 150*day-time.Millisecond); n != 0 {
				t.Errorf("got %d announced before 150 days, want none", n)
			}
			if n := u.after(t, 150*day); n != 1 {
				t.Errorf("got %d announced after 150 days, want one", n)
			}
			if n := u.after(t, 180*day-time.Millisecond); n != 0 || !u.hasPortrait(t) {
				t.Errorf("got %d announced again, portrait there: %t; want it until 180 days are over", n, u.hasPortrait(t))
			}
			u.after(t, 180*day)
			if u.hasPortrait(t) {
				t.Error("the portrait outlived its 180 days")
			}
			u.wantEvents(t, todo.EventConfirmed, todo.EventPortraitExpiring)
			last := must[[]todo.Event](t)(u.rules[0].ListFeed(t.Context(), "sd", 1, 1))[0]
			if last.ConfirmationID != u.answer.ID || last.TodoID != u.answer.TodoID || last.SignerID != u.answer.SignerID {
				t.Errorf("got an event of %s, want one of the answer %s", last.ConfirmationID, u.answer.ID)
			}
		})
	}
}

// A server that was down for long must not delete a portrait that it has not announced in time.
func TestPortrait_AnnouncedLateGoesThirtyDaysLater(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			u := newUnfetched(t, engine)
			if n := u.after(t, 400*day); n != 1 || !u.hasPortrait(t) {
				t.Errorf("got %d announced, portrait there: %t; want both", n, u.hasPortrait(t))
			}
			if u.after(t, 430*day-time.Millisecond); !u.hasPortrait(t) {
				t.Error("the portrait went earlier than announced")
			}
			if u.after(t, 430*day); u.hasPortrait(t) {
				t.Error("the portrait stayed longer than announced")
			}
		})
	}
}

func TestPortrait_FirstFetchAfterTheAnnouncementKeepsItThirtyDays(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			u := newUnfetched(t, engine)
			u.after(t, 150*day)
			fetch := func() {
				must[todo.Evidence](t)(u.rules[0].GetEvidence(t.Context(), answerOf(u.answer)))
			}
			u.after(t, 179*day)
			fetch()
			if u.after(t, 209*day-time.Millisecond); !u.hasPortrait(t) {
				t.Error("the portrait went before the registry had its thirty days")
			}
			fetch() // a second fetch does not postpone the deletion
			if u.after(t, 209*day); u.hasPortrait(t) {
				t.Error("the portrait stayed longer than thirty days after the first fetch")
			}
		})
	}
}

func TestPortrait_FetchedInTimeIsNeverAnnounced(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			u := newUnfetched(t, engine)
			u.after(t, 149*day)
			must[todo.Evidence](t)(u.rules[0].GetEvidence(t.Context(), answerOf(u.answer)))
			if n := u.after(t, 151*day); n != 0 {
				t.Errorf("got %d announced, want none", n)
			}
		})
	}
}
