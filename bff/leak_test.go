package bff_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"renzheng/bff"
	"renzheng/tracing"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// sentinels returns what must not be found in answers to others, logs, metrics and files.
func sentinels() []string {
	return []string{zhangNumber, zhangName, zhangCard, zhangPhone, "code-of-zhang"}
}

// leaks returns the secrets that a text contains, as they are or as JSON or a URL encodes them.
func leaks(text string, secrets []string) []string {
	var found []string
	for _, secret := range secrets {
		escaped := strconv.QuoteToASCII(secret)
		for _, form := range []string{secret, escaped[1 : len(escaped)-1], url.QueryEscape(secret)} {
			if strings.Contains(text, form) {
				found = append(found, secret)
				break
			}
		}
	}
	return found
}

func TestLeaks_FindsWhatIsPlanted(t *testing.T) {
	t.Parallel()
	for _, secret := range sentinels() {
		for name, text := range map[string]string{
			"plain": `{"detail":"` + secret + `"}`, "escaped": `{"detail":` + strconv.QuoteToASCII(secret) + `}`,
			"in an address": "GET /v1/todos?q=" + url.QueryEscape(secret),
		} {
			if got := leaks(text, sentinels()); !slices.Equal(got, []string{secret}) {
				t.Errorf("%s: got %q, want %q", name, got, secret)
			}
		}
	}
	if got := leaks(`{"title":"Not found"}`, sentinels()); len(got) > 0 {
		t.Errorf("got %q in an innocent text, want nothing", got)
	}
}

// spanText returns everything that was exported of spans.
func spanText(spans *tracetest.InMemoryExporter) string {
	var all strings.Builder
	for _, s := range spans.GetSpans() {
		fmt.Fprintf(&all, "%+v\n", s)
	}
	return all.String()
}

// plantInSpan makes a span that should not be.
func plantInSpan(t *testing.T, provider *trace.TracerProvider) {
	t.Helper()
	ctx, parent := provider.Tracer("test").Start(t.Context(), "planted")
	_, span := tracing.Start(ctx, "planted")
	span.Set(tracing.Outcome, zhangNumber)
	span.End(errors.New(zhangName)) // the text of an error is not recorded
	parent.End()
}

func TestLeak_NothingPersonalLeavesButToItsOwner(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(spans))
	w := newFixture(t, func(d *bff.Deps) { d.Trace = provider })
	var tokens []string
	problem := func(r request) {
		t.Helper()
		got := w.send(t, r)
		if got.status < http.StatusBadRequest {
			t.Errorf("%s %s: got %d, want a problem", r.method, r.path, got.status)
		}
		if found := leaks(string(got.body), append(sentinels(), tokens...)); len(found) > 0 {
			t.Errorf("a problem of %s %s contains %q: %s", r.method, r.path, found, got.body)
		}
	}
	problem(request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
		"channel": "code-of-zhang", "auth_code": "code-of-zhang", zhangName: zhangNumber,
	}})
	p := w.enter(t)
	tokens = append(tokens, p.token)
	post := func(path string, body any) request {
		return request{method: http.MethodPost, path: path, body: body, token: p.token, key: newKey()}
	}
	wrong := with(zhang(), "type", zhangName)
	problem(post("/v1/verifications", object{"purpose": "access", "document": wrong}))
	problem(post("/v1/verifications", object{"purpose": zhangNumber, "document": zhang(), zhangPhone: zhangCard}))
	problem(post("/v1/verifications/"+zhangNumber+"/bank-card", with(card(), zhangName, zhangPhone)))
	problem(post("/v1/verifications/"+zhangNumber+"/bank-card", with(card(), "card", zhangCard+zhangCard)))
	problem(post("/v1/verifications/ver_1/face/result", object{"attempt_id": zhangName}))
	problem(request{method: http.MethodGet, path: "/v1/todos?" + zhangNumber + "=" + zhangPhone, token: p.token})
	problem(request{method: http.MethodGet, path: "/v1/todos?limit=" + zhangPhone, token: p.token})
	problem(request{method: http.MethodGet, path: "/" + zhangNumber, token: p.token})
	problem(request{method: http.MethodPut, path: "/registry/v1/cases/c", registry: "beijing", body: with(sampleCase(1), "header", zhang())})
	bad := with(sampleCase(1), "signers", []object{{"signer_id": zhangName, "role": zhangName, "document": zhang()}})
	problem(request{method: http.MethodPut, path: "/registry/v1/cases/c", registry: "beijing", body: bad})

	w.third.script(func(f *thirdParties) {
		f.card = verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}
	})
	shown := p.openTodo(t)
	confirm := p.sign(t, shown)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", confirm).want(t, http.StatusCreated, "")
	tokens = append(tokens, confirm["strokes"].(string)) //nolint:errcheck,forcetypeassert // handwriting gives a string

	w.third.script(func(f *thirdParties) { f.verify = func() error { return errors.New("the third party failed") } })
	problem(request{method: http.MethodGet, path: "/registry/v1/cases/case-1"})

	metrics := w.admin(t, "localhost", "/metrics")
	files := map[string]string{"log": w.log.String(), "metrics": string(metrics.body), "spans": spanText(spans)}
	plantInSpan(t, provider)
	if found := leaks(spanText(spans), sentinels()); !slices.Equal(found, []string{zhangNumber}) {
		t.Errorf("of spans with a number in an attribute got %q", found)
	}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(w.path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		files["database"+suffix] = string(content)
	}
	for where, present := range map[string]string{"log": "request_id", "metrics": "bff_http_requests_total", "spans": "todo ConfirmTodo"} {
		if !strings.Contains(files[where], present) {
			t.Errorf("the %s lacks %q, so nothing was searched", where, present)
		}
	}
	if !strings.Contains(files["database"]+files["database-wal"], "case-1") {
		t.Error("the database lacks the case, so nothing was searched")
	}
	for where, content := range files {
		if found := leaks(content, append(sentinels(), tokens...)); len(found) > 0 {
			t.Errorf("the %s contains %q", where, found)
		}
	}
}
