package registrytest_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

func TestRegistry_TakesAConfirmationAndFilesItsEvidence(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	confirmed := w.confirm(t)
	for range 3 {
		if err := w.deliverer.Deliver(t.Context(), confirmed); err != nil {
			t.Fatal(err)
		}
		w.registry.Wait()
	}
	records := w.registry.Records()
	if len(records) != 1 || records[0].Times != 3 || records[0].Evidence == nil || records[0].EvidenceProblem != "" {
		t.Fatalf("got %+v, want one event three times with its evidence", records)
	}
	asked := func(path string) int {
		n := 0
		for _, a := range w.asked {
			if a == path {
				n++
			}
		}
		return n
	}
	if n := asked("GET /registry/v1/cases/c-1/signers/s-1/evidence?revision=2"); n != 1 {
		t.Errorf("got the evidence fetched %d times, want once", n)
	}
	page := w.show(t)
	for _, want := range []string{
		"registry, simulated", "模拟登记机关", "北京市场监管局 &lt;simulated&gt;", "c-1", "已确认", "样例有限公司", "股东", "验证通过",
		`src="data:image/png;base64,`, "2026-03-01 16:00:00",
	} {
		if !strings.Contains(strings.ReplaceAll(page, "Registry, simulated", "registry, simulated"), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Count(page, "data:image/png") != 2 {
		t.Error("the page does not show portrait and handwriting")
	}
	for _, unwanted := range []string{"<script", "http://", "https://"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("the page has %q, want nothing from elsewhere", unwanted)
		}
	}
}

func TestRegistry_TakesEventsWithoutReceipt(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for i, kind := range []todo.EventType{todo.EventExpired, todo.EventSuperseded, todo.EventNameMismatch} {
		e := event(kind, "")
		e.ID += strconv.Itoa(i)
		if err := w.deliverer.Deliver(t.Context(), e); err != nil {
			t.Errorf("%s: got %v, want it taken", kind, err)
		}
	}
	if got := len(w.registry.Records()); got != 3 || len(w.asked) != 0 {
		t.Errorf("got %d records and the service asked for %v, want 3 and nothing", got, w.asked)
	}
}

func TestRegistry_RefusesWhatItCannotBelieve(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		spoil func(*fixture, *todo.Event)
		want  string
	}{
		"a receipt that was changed":                {func(_ *fixture, e *todo.Event) { e.Receipt = e.Receipt[:len(e.Receipt)-8] + "AAAAAAAA" }, "status 422"},
		"no receipt":                                {func(_ *fixture, e *todo.Event) { e.Receipt = "" }, "status 422"},
		"a receipt of another todo":                 {func(_ *fixture, e *todo.Event) { e.TodoID = "tod_2" }, "status 422"},
		"a receipt of another revision":             {func(_ *fixture, e *todo.Event) { e.Revision = 3 }, "status 422"},
		"a receipt of a confirmation for a refusal": {func(_ *fixture, e *todo.Event) { e.Type = todo.EventDeclined }, "status 422"},
		"a receipt by a key that is not published":  {func(w *fixture, _ *todo.Event) { w.keys = []byte(`{"keys":[]}`) }, "status 422"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			e := w.confirm(t)
			c.spoil(w, &e)
			var refusal *todo.DeliveryError
			if err := w.deliverer.Deliver(t.Context(), e); !errors.As(err, &refusal) || refusal.Reason != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if len(w.registry.Records()) != 0 || len(w.registry.Refusals()) != 1 {
				t.Error("want the event refused and not on record")
			}
		})
	}
}

func TestRegistry_RefusesAnEventThatChanged(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	e := event(todo.EventExpired, "")
	if err := w.deliverer.Deliver(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.Revision++
	var refusal *todo.DeliveryError
	if err := w.deliverer.Deliver(t.Context(), e); !errors.As(err, &refusal) || refusal.Reason != "status 409" {
		t.Errorf("got %v, want status 409", err)
	}
	if !strings.Contains(w.show(t), "the event has changed") {
		t.Error("the page does not show the refusal")
	}
}

func TestRegistry_FollowsARotationOfKeys(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	first := w.confirm(t)
	if err := w.deliverer.Deliver(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	w.registry.Wait()
	w.mu.Lock()
	w.key, w.keys = newReceiptKey(t)
	w.mu.Unlock()
	second := w.confirm(t)
	second.ID = "evt_2"
	if err := w.deliverer.Deliver(t.Context(), second); err != nil {
		t.Errorf("got %v, want the new key fetched", err)
	}
	w.registry.Wait()
}

func TestRegistry_Fails(t *testing.T) {
	t.Parallel()
	for failure, want := range map[registrytest.Failure]struct {
		reason string
		taken  int
	}{
		registrytest.Broken: {"status 500", 0},
		registrytest.Hung:   {"timeout", 0},
		registrytest.Cut:    {"connection_broken", 0},
		registrytest.Lost:   {"connection_broken", 1},
	} {
		t.Run(string(failure), func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.failure = failure
			ctx := t.Context()
			if failure == registrytest.Hung {
				short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
				ctx = short
			}
			var refusal *todo.DeliveryError
			err := w.deliverer.Deliver(ctx, event(todo.EventExpired, ""))
			if !errors.As(err, &refusal) || refusal.Reason != want.reason || len(w.registry.Records()) != want.taken {
				t.Errorf("got %v and %d events, want %s and %d", err, len(w.registry.Records()), want.reason, want.taken)
			}
		})
	}
}

func TestRegistry_FindsEvidenceThatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*receipt.Evidence)
		want  string
	}{
		"another portrait":      {func(e *receipt.Evidence) { e.Portrait = picture("other") }, "portrait"},
		"no handwriting":        {func(e *receipt.Evidence) { e.Handwriting = nil }, "handwriting"},
		"a part not opened":     {func(e *receipt.Evidence) { e.Openings = e.Openings[1:] }, "content_digest"},
		"a part opened wrongly": {func(e *receipt.Evidence) { e.Openings[1].Value = []byte(`{"name":"李四"}`) }, "signer"},
		"another answer":        {func(e *receipt.Evidence) { e.Receipt = "a.b.c" }, "receipt is another one"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			e := w.confirm(t)
			c.spoil(&w.evidence)
			if err := w.deliverer.Deliver(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			w.registry.Wait()
			if got := w.registry.Records()[0].EvidenceProblem; !strings.Contains(got, c.want) || strings.Contains(got, "李四") {
				t.Errorf("got problem %q, want one of %s", got, c.want)
			}
		})
	}
}

func TestRegistry_RefusesWhatIsNotSignedForIt(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	const body = `{"type":"todo.expired","timestamp":"2026-03-01T08:00:00Z","data":{"registry_id":"beijing"}}`
	send := func(secret, body string, at time.Time) int {
		webhook, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		signature, err := webhook.Sign("evt_9", at, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, registrytest.EventPath, strings.NewReader(body))
		r.Header.Set("Webhook-Id", "evt_9")
		r.Header.Set("Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10))
		r.Header.Set("Webhook-Signature", signature)
		answer := httptest.NewRecorder()
		w.registry.ServeHTTP(answer, r)
		return answer.Code
	}
	got := []int{
		send(secret, body, now()),
		send("whsec_"+strings.Repeat("A", 32), body, now()),
		send(secret, body, now().Add(-301*time.Second)),
		send(secret, body, now().Add(301*time.Second)),
		send(secret, strings.Replace(body, "beijing", "shanghai", 1), now()),
		send(secret, strings.Replace(body, `"type"`, `"kind":1,"type"`, 1), now()),
		send(secret, strings.Repeat(" ", 1<<20), now()),
	}
	if want := []int{204, 401, 401, 401, 400, 400, 413}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNew_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	client := &registrytest.Client{}
	for name, o := range map[string]registrytest.Options{
		"nothing":  {},
		"no keys":  {ID: "x", Secrets: []string{secret}, Clock: now},
		"a secret": {ID: "x", Secrets: []string{"whsec_!"}, Clock: now, Client: client},
	} {
		if _, err := registrytest.New(o); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}
