package main

import (
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	trace "go.opentelemetry.io/proto/otlp/trace/v1"

	"renzheng/sql/storetest"
	"renzheng/test/collector"
	"renzheng/test/harness"
	"renzheng/test/people"
)

const collectorWait = 30 * time.Second // of a busy machine; a batch leaves after two seconds

// openCollector starts a collector and returns the settings of a server that sends it everything.
func openCollector(t *testing.T) (*collector.Collector, harness.Settings) {
	t.Helper()
	c := collector.New(http.Header{"X-Collector-Token": {"token-of-the-collector"}})
	t.Cleanup(func() {
		c.Close()
		if wrong := c.Wrong(); len(wrong) > 0 {
			t.Errorf("the collector rejected %q", wrong)
		}
	})
	return c, harness.Settings{
		"BFF_TRACES_ENDPOINT": c.Endpoint(), "BFF_TRACES_RATIO": "1", "BFF_TRUSTED_PROXIES": "127.0.0.2/32",
		"BFF_TRACES_HEADERS": "file:" + fileWith(t, "X-Collector-Token: token-of-the-collector\n"),
	}
}

// traceOf returns the spans of the trace that has a span of a name, by name.
func traceOf(spans []*trace.Span, name string) map[string]*trace.Span {
	found := map[string]*trace.Span{}
	for _, s := range spans {
		if s.GetName() != name {
			continue
		}
		for _, other := range spans {
			if string(other.GetTraceId()) == string(s.GetTraceId()) {
				found[other.GetName()] = other
			}
		}
	}
	return found
}

// attributesOf returns the attributes of a span as texts.
func attributesOf(s *trace.Span) map[string]string {
	all := map[string]string{}
	for _, a := range s.GetAttributes() {
		if v := a.GetValue(); v.GetStringValue() != "" {
			all[a.GetKey()] = v.GetStringValue()
		} else {
			all[a.GetKey()] = v.String()
		}
	}
	return all
}

func has(names ...string) func([]*trace.Span) bool {
	return func(spans []*trace.Span) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return len(traceOf(spans, name)) == 0 })
	}
}

func TestTraces_ShowARequestThroughEveryLayer(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			sink, settings := openCollector(t)
			tr := newProcessFixture(t, fixtureOptions{engine: &engine, settings: settings})
			c := tr.enter(t, tr.newPerson(people.Passes))
			asked, _ := c.openTodo(t)
			c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated)
			c.get(t, "/v1/todos/nobodys").is(t, http.StatusNotFound)
			const confirm, face = "POST /v1/todos/{id}/confirmation", "POST /v1/verifications/{id}/face"
			spans, ok := sink.Wait(collectorWait, has(confirm, face, "todo deliver", "worker sequence"))
			if !ok {
				t.Fatalf("got the spans %v", names(spans))
			}
			confirmed := traceOf(spans, confirm)
			for _, name := range []string{confirm, "session Authenticate", "todo ConfirmTodo", "sql begin", "sql answerTodo", "sql commit"} {
				if confirmed[name] == nil {
					t.Errorf("the confirmation has no span %q; got %v", name, names(spans))
				}
			}
			if got := attributesOf(confirmed[confirm]); got["http.route"] != "/v1/todos/{id}/confirmation" || !strings.Contains(got["http.response.status_code"], "201") {
				t.Errorf("got the attributes %v", got)
			}
			began := traceOf(spans, face)
			if got := attributesOf(began["provider face_start"]); got["renzheng.provider"] != "alipay" || got["renzheng.outcome"] != "healthy" {
				t.Errorf("the call of a third party has %v", got)
			}
			if got := attributesOf(began["verification ask"]); !strings.Contains(got["renzheng.attempt"], "1") {
				t.Errorf("the attempt has %v", got)
			}
			if got := attributesOf(traceOf(spans, "GET /v1/todos/{id}")["GET /v1/todos/{id}"]); got["renzheng.problem"] != "not_found" {
				t.Errorf("a problem has %v", got)
			}
			wantNoText(t, spans)
		})
	}
}

// wantNoText checks that no span has a text that is not of ours.
func wantNoText(t *testing.T, spans []*trace.Span) {
	t.Helper()
	for _, s := range spans {
		if s.GetName() == "sql" || len(s.GetEvents()) > 0 || s.GetStatus().GetMessage() != "" || s.GetTraceState() != "" {
			t.Errorf("a span has no name, events or a text: %v", s)
		}
		if strings.ContainsAny(s.GetName(), "?*=") {
			t.Errorf("a span has the text of a statement: %s", s.GetName())
		}
	}
}

func names(spans []*trace.Span) []string {
	var all []string
	for _, s := range spans {
		if !slices.Contains(all, s.GetName()) {
			all = append(all, s.GetName())
		}
	}
	return all
}

// A proxy that is trusted decides which trace a request belongs to. Nobody else does, and nobody is told of a trace.
func TestTraces_ComeFromTrustedProxiesAndGoToNobody(t *testing.T) {
	t.Parallel()
	sink, settings := openCollector(t)
	tr := emptyProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0], settings: settings})
	gateway, err := url.Parse(tr.Settings["BFF_ALIPAY_GATEWAY"])
	if err != nil {
		t.Fatal(err)
	}
	between := record(t, gateway.Scheme+"://"+gateway.Host)
	tr.Settings["BFF_ALIPAY_PUBLIC_GATEWAY"], tr.Settings["BFF_ALIPAY_GATEWAY"] = tr.Settings["BFF_ALIPAY_GATEWAY"], between.URL+gateway.Path
	tr.start(t, "")
	for from, path := range map[string]string{"127.0.0.2": "/v1/support/faq", "127.0.0.1": "/v1/session"} {
		wantNoTraceparent(t, "an answer", askAsProxy(t, from, tr.servers[0].URL+path))
	}
	askAsProxy(t, "127.0.0.2", tr.servers[0].URL+"/readyz")
	tr.enter(t, tr.newPerson(people.Passes))
	spans, ok := sink.Wait(collectorWait, has("GET /v1/support/faq", "GET /v1/session", "provider authorize"))
	if !ok {
		t.Fatalf("got the spans %v", names(spans))
	}
	for _, s := range spans {
		if got, want := hex.EncodeToString(s.GetTraceId()) == theirs, s.GetName() == "GET /v1/support/faq" || strings.HasPrefix(s.GetName(), "support "); got != want {
			t.Errorf("%s: in the proxy's trace is %t, want %t", s.GetName(), got, want)
		}
	}
	wantNoText(t, spans)
	if len(traceOf(spans, "GET /readyz")) > 0 || len(between.all()) == 0 {
		t.Error("a probe is traced, or no call of the third party was recorded")
	}
	for _, call := range between.all() {
		wantNoTraceparent(t, "a third party", call.asked)
	}
}

const theirs = "0af7651916cd43dd8448eb211c80319c" // the id of a proxy's trace

// askAsProxy sends a request from an address, with all that tracing knows in its header, and returns that of the answer.
func askAsProxy(t *testing.T, from, address string) http.Header {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{
		"Traceparent": {"00-" + theirs + "-b7ad6b7169203331-01"}, "Tracestate": {"person=119901197001010026"}, "Baggage": {"person=119901197001010026"},
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	answer, err := (&http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.Header
}

func wantNoTraceparent(t *testing.T, who string, header http.Header) {
	t.Helper()
	for name := range header {
		if strings.HasPrefix(strings.ToLower(name), "trace") || strings.EqualFold(name, "baggage") {
			t.Errorf("%s has %s", who, name)
		}
	}
}

// A collector that is away costs spans, which are counted, and nothing else; what waits when the server ends is sent.
func TestTraces_OfACollectorThatIsAway(t *testing.T) {
	t.Parallel()
	sink, settings := openCollector(t)
	sink.Fail(http.StatusServiceUnavailable)
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0], settings: settings})
	tr.enter(t, tr.newPerson(people.Passes))
	until(t, "an export fails", func() bool { return metric(tr.metrics(t), `bff_trace_spans_total{result="failed"}`) > 0 })
	until(t, "the log says so", func() bool { return tr.logs.Count("traces are not taken") == 1 })
	if strings.Contains(tr.logs.String(), sink.Endpoint()) {
		t.Errorf("the log says of it:\n%s", tr.logs)
	}
	tr.enter(t, tr.newPerson(people.Passes))
	sink.Fail(0)
	c := tr.enter(t, tr.newPerson(people.Passes))
	c.get(t, "/v1/todos").is(t, http.StatusOK)
	tr.stop(t)
	if len(traceOf(sink.Spans(), "GET /v1/todos")) == 0 {
		t.Errorf("the last request is not in what was sent: %v", names(sink.Spans()))
	}
}

// metric returns the value of one series of a page of metrics, 0 if it is not there.
func metric(page, series string) float64 {
	for line := range strings.Lines(page) {
		if value, ok := strings.CutPrefix(line, series+" "); ok {
			n, _ := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return n
		}
	}
	return 0
}

func TestTraces_OfTheCheck(t *testing.T) {
	t.Parallel()
	sink, settings := openCollector(t)
	check := func(changes harness.Settings) string {
		t.Helper()
		c, err := settingsOf(t, validSettings(t).With(settings).With(changes))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		if err := (&checker{Config: c}).collector(t.Context()).write(&all); err != nil {
			t.Fatal(err)
		}
		return all.String()
	}
	if got := check(nil); !strings.Contains(got, "takes traces") {
		t.Errorf("got %q", got)
	}
	sink.Fail(http.StatusForbidden)
	if got := check(nil); !strings.Contains(got, "check BFF_TRACES_HEADERS") {
		t.Errorf("with other headers: got %q", got)
	}
	sink.Fail(0)
	if got := check(harness.Settings{"BFF_TRACES_ENDPOINT": "http://127.0.0.1:1/v1/traces"}); !strings.Contains(got, "is not reached: no connection") {
		t.Errorf("without a collector: got %q", got)
	}
}
