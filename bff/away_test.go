package bff_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"renzheng/bff"
)

// A database that is gone for a while is no fault of the request: whoever waits
// and repeats it may meet a replica that has one.
func TestProblem_OfADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	gone := errors.New("node 2 of db.internal has lost its cluster")
	w := newFixture(t, func(d *bff.Deps) { d.Away = func(err error) bool { return errors.Is(err, gone) } })

	got := w.answerTo(t, fmt.Errorf("reading a case: %w", gone)).want(t, http.StatusServiceUnavailable, "temporarily_unavailable")
	if got.header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	w.answerTo(t, errors.New("a statement is wrong")).want(t, http.StatusInternalServerError, "internal_error")
}
