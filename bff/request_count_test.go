package bff_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/operations"
)

// counter keeps the requests that were counted.
type counter struct {
	mu  sync.Mutex
	all []operations.Request
}

func (c *counter) Add(r operations.Request, _ time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, r)
}

func TestRequests_AreCountedIfTheyMeetAProblemOrAreARegistrys(t *testing.T) {
	t.Parallel()
	counted := &counter{}
	w := newFixture(t, func(d *bff.Deps) { d.Requests = counted })
	p := w.login(t, "zhang")
	p.get(t, "/v1/support").want(t, http.StatusOK, "") // no problem: nothing to count
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	w.push(t, "case-1", object{}).want(t, http.StatusUnprocessableEntity, "")
	p.get(t, "/v1/todos/none").want(t, http.StatusForbidden, "access_required")
	w.send(t, request{method: http.MethodGet, path: "/v1/todos"}).want(t, http.StatusUnauthorized, "session_required")
	w.send(t, request{method: http.MethodGet, path: "/registry/v1/events"}).want(t, http.StatusUnauthorized, "signature_missing")
	w.send(t, request{method: http.MethodGet, path: "/110105194912310029"}).want(t, http.StatusNotFound, "not_found")
	for _, want := range []operations.Request{
		{RegistryID: "beijing", Step: "pushCase"},
		{Code: "access_required", Channel: "alipay", Step: "getTodo"},
		{Code: "session_required", Step: "listTodos"},
		{Code: "signature_missing", Step: "listFeed"},
		{Code: "not_found"},
	} {
		if !slices.Contains(counted.all, want) {
			t.Errorf("%+v was not counted, but %+v", want, counted.all)
		}
	}
	if len(counted.all) != 6 {
		t.Errorf("got %d counts, want 6: %+v", len(counted.all), counted.all)
	}
}
