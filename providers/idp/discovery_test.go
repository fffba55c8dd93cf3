package idp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/providers/idp"
	"renzheng/staff"
)

// discovery is a provider whose metadata can be held back. Its clients never run into their own timeout.
type discovery struct {
	client *idp.Client
	calls  chan struct{} // receives one for each call
	answer chan int      // what each call is answered with: a status
	now    atomic.Int64  // hours since the beginning
}

func newDiscovery(t *testing.T) *discovery {
	t.Helper()
	d := &discovery{calls: make(chan struct{}, 100), answer: make(chan int)}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.calls <- struct{}{}
		select {
		case <-r.Context().Done():
		case status := <-d.answer:
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(`{"issuer":"` + server.URL + `","authorization_endpoint":"` + server.URL + `/authorize","token_endpoint":"` +
				server.URL + `/token","jwks_uri":"` + server.URL + `/jwks"}`))
		}
	}))
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	c := config(server.URL)
	began := time.Now()
	c.Timeout, c.Clock = time.Hour, func() time.Time { return began.Add(time.Duration(d.now.Load()) * time.Hour) }
	var err error
	if d.client, err = idp.New(c); err != nil {
		t.Fatal(err)
	}
	return d
}

// signIns begins sign-ins at once and returns the channel of their results.
func (d *discovery) signIns(ctx context.Context, n int) <-chan error {
	results := make(chan error, n)
	for range n {
		go func() {
			_, err := d.client.Authorize(ctx, begun)
			results <- err
		}()
	}
	return results
}

func TestDiscovery_IsOneCallForAllWhoWait(t *testing.T) {
	t.Parallel()
	d := newDiscovery(t)
	leaving, leave := context.WithCancel(t.Context())
	first := d.signIns(leaving, 1)
	<-d.calls // the provider is slow
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) || !errors.Is(err, staff.ErrUnavailable) {
		t.Fatalf("a member who left while the provider was slow: got %v", err)
	}
	others := d.signIns(t.Context(), 20)
	d.answer <- http.StatusOK // to the call of the member who left
	for range 20 {
		if err := <-others; err != nil {
			t.Errorf("a member who waited: got %v", err)
		}
	}
	if more := len(d.calls); more != 0 {
		t.Errorf("got %d more calls, want none", more)
	}
}

func TestDiscovery_OldMetadataServesWhileTheProviderIsSlowOrDead(t *testing.T) {
	t.Parallel()
	d := newDiscovery(t)
	results := d.signIns(t.Context(), 1)
	<-d.calls
	d.answer <- http.StatusOK
	if err := <-results; err != nil {
		t.Fatal(err)
	}
	d.now.Store(2)
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		results = d.signIns(t.Context(), 20)
		for range 20 { // nobody has answered yet
			if err := <-results; err != nil {
				t.Errorf("while the provider is slow: got %v", err)
			}
		}
		d.called(t)
		d.answer <- status // first it has died; what it said before serves on
	}
}

// called returns once the provider is called. A sign-in may find the call before not quite ended, and makes none then.
func (d *discovery) called(t *testing.T) {
	t.Helper()
	for {
		select {
		case <-d.calls:
			return
		default:
			if err := <-d.signIns(t.Context(), 1); err != nil {
				t.Fatalf("while the provider is slow or dead: got %v", err)
			}
		}
	}
}

func TestDiscovery_IsTriedAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	d := newDiscovery(t)
	results := d.signIns(t.Context(), 1)
	<-d.calls
	d.answer <- http.StatusBadGateway
	if err := <-results; !errors.Is(err, staff.ErrUnavailable) {
		t.Errorf("got %v, want %v", err, staff.ErrUnavailable)
	}
	results = d.signIns(t.Context(), 1)
	<-d.calls
	d.answer <- http.StatusOK
	if err := <-results; err != nil {
		t.Errorf("the provider is back: got %v", err)
	}
}
