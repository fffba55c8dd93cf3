package registry_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/registry"
	"renzheng/receipt"
	"renzheng/todo"
)

func sampleEvent() todo.Event {
	return todo.Event{
		ID: "evt_1", Type: todo.EventConfirmed, RegistryID: "beijing", CaseRow: "cas_1", CaseID: "c-1", SignerID: "s-1",
		TodoID: "tod_1", Revision: 3, ConfirmationID: "cfm_1", Receipt: "a.b.c", Position: 9,
		CreatedAt: time.Date(2026, 2, 28, 23, 0, 0, 5e6, time.FixedZone("", 8*60*60)),
	}
}

// deliverer returns a deliverer to one call-back.
func deliverer(t *testing.T, callback object, config registry.DelivererConfig) *registry.Deliverer {
	t.Helper()
	config.Directory = load(t, object{"id": "beijing", "name": "北京", "keys": []object{sampleKey(t)}, "callback": callback})
	if config.Clock == nil {
		config.Clock = now
	}
	config.Environment = receipt.Sandbox
	d := registry.NewDeliverer(config)
	t.Cleanup(d.Close)
	return d
}

func loopback(address string) object {
	return object{"url": address, "allow": []string{"127.0.0.1"}, "secret": secretText("s")}
}

// reasonOf returns the reason of a refusal, "" for none.
func reasonOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *todo.DeliveryError
	if !errors.As(err, &refusal) {
		t.Fatalf("got error %v, want a refusal", err)
	}
	return refusal.Reason
}

func TestDeliverer_DeliversAsStandardWebhooks(t *testing.T) {
	t.Parallel()
	var header http.Header
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		header = r.Header
		body, _ = io.ReadAll(r.Body)
	}))
	defer server.Close()
	callback := loopback(server.URL+"/in").with("old_secrets", []string{secretText("o")})
	d := deliverer(t, callback, registry.DelivererConfig{Clock: time.Now}) // the library verifies by the machine's clock
	if err := d.Deliver(t.Context(), sampleEvent()); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{secretText("s"), secretText("o")} {
		webhook, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		if err := webhook.Verify(body, header); err != nil {
			t.Errorf("under %s: got %v, want it verified", secret, err)
		}
	}
	var got any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"type": "todo.confirmed", "timestamp": "2026-02-28T15:00:00.005Z",
		"data": map[string]any{
			"registry_id": "beijing", "case_id": "c-1", "signer_id": "s-1", "todo_id": "tod_1", "revision": 3.0,
			"confirmation_id": "cfm_1", "receipt": "a.b.c",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if got := header.Get("webhook-id") + " " + header.Get("Renzheng-Environment"); got != "evt_1 sandbox" {
		t.Errorf("got id and environment %q, want %q", got, "evt_1 sandbox")
	}
}

func TestDeliverer_StampsEachAttemptAnew(t *testing.T) {
	t.Parallel()
	var stamps, signatures []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stamps = append(stamps, r.Header.Get("webhook-timestamp"))
		signatures = append(signatures, r.Header.Get("webhook-signature"))
	}))
	defer server.Close()
	clock := now()
	d := deliverer(t, loopback(server.URL), registry.DelivererConfig{Clock: func() time.Time { return clock }})
	for range 2 {
		if err := d.Deliver(t.Context(), sampleEvent()); err != nil {
			t.Fatal(err)
		}
		clock = clock.Add(time.Hour)
	}
	want := []string{strconv.FormatInt(now().Unix(), 10), strconv.FormatInt(now().Unix()+3600, 10)}
	if diff := cmp.Diff(want, stamps); diff != "" || signatures[0] == signatures[1] {
		t.Errorf("timestamps (-want +got):\n%s signatures %v", diff, signatures)
	}
}

func TestDeliverer_LeavesOutWhatAnEventLacks(t *testing.T) {
	t.Parallel()
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { body, _ = io.ReadAll(r.Body) }))
	defer server.Close()
	event := sampleEvent()
	event.Type, event.ConfirmationID, event.Receipt = todo.EventExpired, "", ""
	if err := deliverer(t, loopback(server.URL), registry.DelivererConfig{}).Deliver(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "receipt") || strings.Contains(string(body), "confirmation_id") {
		t.Errorf("got %s, want neither receipt nor confirmation", body)
	}
}

func TestDeliverer_UsesConnectionsAgain(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	callers := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		callers[r.RemoteAddr] = true
		if len(callers) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable) // a refusal does not cost the connection
		}
		_, _ = io.WriteString(w, strings.Repeat("x", 10<<10))
	}))
	defer server.Close()
	d := deliverer(t, loopback(server.URL), registry.DelivererConfig{})
	for range 5 {
		_ = d.Deliver(t.Context(), sampleEvent())
	}
	if len(callers) != 1 {
		t.Errorf("got %d connections, want 1", len(callers))
	}
}

func TestDeliverer_WithoutCallback(t *testing.T) {
	t.Parallel()
	d := registry.NewDeliverer(registry.DelivererConfig{Clock: now, Directory: load(t, object{"id": "beijing", "name": "北京", "keys": []object{sampleKey(t)}})})
	if err := d.Deliver(t.Context(), sampleEvent()); err != nil {
		t.Errorf("got %v, want nobody to tell and no error", err)
	}
	gone := sampleEvent()
	gone.RegistryID = "gone"
	if got := reasonOf(t, d.Deliver(t.Context(), gone)); got != "registry_unknown" {
		t.Errorf("got %q, want registry_unknown", got)
	}
}

func TestDeliverer_StopsWithItsCaller(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(hang))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := reasonOf(t, deliverer(t, loopback(server.URL), registry.DelivererConfig{}).Deliver(ctx, sampleEvent())); got != "cancelled" {
		t.Errorf("got %q, want cancelled", got)
	}
}
