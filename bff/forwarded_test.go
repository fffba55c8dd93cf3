package bff_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"renzheng/bff"
)

// peer is the proxy from which the requests of these tests come.
const peer = "192.0.2.1"

// The client behind a load balancer, for each form in which load balancers write its address.
func TestForwarded_FindsTheClientBehindTrustedProxies(t *testing.T) {
	t.Parallel()
	const client4, client6 = "198.51.100.7", "2001:db8::7"
	for _, tt := range []struct {
		name   string
		header string
		lines  []string
		want   string
	}{
		{name: "an address", header: bff.HeaderForwardedFor, lines: []string{"198.51.100.7"}, want: client4},
		{name: "a port", header: bff.HeaderForwardedFor, lines: []string{"198.51.100.7:51324"}, want: client4},
		{name: "IPv6", header: bff.HeaderForwardedFor, lines: []string{"2001:db8::7"}, want: client6},
		{name: "IPv6 in brackets", header: bff.HeaderForwardedFor, lines: []string{"[2001:db8::7]"}, want: client6},
		{name: "IPv6 with a port", header: bff.HeaderForwardedFor, lines: []string{"[2001:DB8::7]:443"}, want: client6},
		{name: "IPv6 in quotation marks", header: bff.HeaderForwardedFor, lines: []string{`"[2001:db8::7]:443"`}, want: client6},
		{name: "IPv6 with a zone", header: bff.HeaderForwardedFor, lines: []string{"2001:db8::7%eth0"}, want: client6},
		{name: "IPv6 with a zone in brackets", header: bff.HeaderForwardedFor, lines: []string{"[2001:db8::7%eth0]:80"}, want: client6},
		{name: "IPv4 mapped into IPv6", header: bff.HeaderForwardedFor, lines: []string{"::ffff:198.51.100.7"}, want: client4},
		{name: "a chain of proxies", header: bff.HeaderForwardedFor, lines: []string{"198.51.100.7, 10.1.2.3 ,\t10.1.2.4"}, want: client4},
		{name: "a chain with ports", header: bff.HeaderForwardedFor, lines: []string{"198.51.100.7:1,10.1.2.3:2"}, want: client4},
		{name: "lines of several proxies", header: bff.HeaderForwardedFor, lines: []string{"203.0.113.9", "198.51.100.7", "10.1.2.3"}, want: client4},
		{name: "what the client made up", header: bff.HeaderForwardedFor, lines: []string{"10.9.9.9, 203.0.113.9, nonsense, 198.51.100.7"}, want: client4},
		{name: "empty elements", header: bff.HeaderForwardedFor, lines: []string{"198.51.100.7, , 10.1.2.3,"}, want: client4},
		{name: "only trusted ones", header: bff.HeaderForwardedFor, lines: []string{"10.1.2.4, 10.1.2.3"}, want: "10.1.2.4"},
		{name: "nothing", header: bff.HeaderForwardedFor, want: peer},

		{name: "for", header: bff.HeaderForwarded, lines: []string{"for=198.51.100.7"}, want: client4},
		{name: "For, quoted, with a port", header: bff.HeaderForwarded, lines: []string{`For="198.51.100.7:4711"`}, want: client4},
		{name: "a port that is not quoted", header: bff.HeaderForwarded, lines: []string{`for=198.51.100.7:4711`}, want: client4},
		{name: "all parameters", header: bff.HeaderForwarded, lines: []string{`by=203.0.113.43;for="[2001:db8::7]:4711";proto=https;host="a,b;c"`}, want: client6},
		{name: "an obfuscated port", header: bff.HeaderForwarded, lines: []string{`for="[2001:db8::7]:_p0rt"`}, want: client6},
		{name: "escapes", header: bff.HeaderForwarded, lines: []string{`for="198\.51.100.7"; host="a\"b"`}, want: client4},
		{name: "several elements", header: bff.HeaderForwarded, lines: []string{`for=203.0.113.9, for=198.51.100.7;by=10.1.2.3 , for="10.1.2.3"`}, want: client4},
		{name: "several lines", header: bff.HeaderForwarded, lines: []string{`for="unclosed`, `for=198.51.100.7`, "for=10.1.2.3"}, want: client4},
		{name: "a quotation mark that the client left open", header: bff.HeaderForwarded, lines: []string{`for="1, for=198.51.100.7`}, want: client4},
		{name: "what the client made up, malformed", header: bff.HeaderForwarded, lines: []string{`for=1;for=2, ="\", for="198.51.100.7";host="a,b", for=10.1.2.3`}, want: client4},
		{name: "an obfuscated client farther away", header: bff.HeaderForwarded, lines: []string{`for=_hidden, for=198.51.100.7`}, want: client4},
		{name: "empty elements of it", header: bff.HeaderForwarded, lines: []string{`for=198.51.100.7,, for=10.1.2.3;,`}, want: client4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := clientOf(t, tt.header, tt.lines); got != tt.want || !ok {
				t.Errorf("got %s, %t for %q, want %s", got, ok, tt.lines, tt.want)
			}
		})
	}
}

func TestForwarded_TakesThePeerForWhatCannotBeParsed(t *testing.T) {
	t.Parallel()
	for header, lines := range map[string][]string{
		bff.HeaderForwardedFor: {
			"unknown", "_hidden", "client.example", "198.51.100", "198.51.100.007", "198.51.100.7:", "198.51.100.7:http",
			"198.51.100.7:123456", "[2001:db8::7", "[2001:db8::7]x", "[198.51.100.7]:80", "2001:db8::7]:80", "[]", `"`, "198.51.100.7;10.1.2.3",
			"203.0.113.9, unknown, 10.1.2.3",
		},
		bff.HeaderForwarded: {
			"for=unknown", "for=_hidden", `for="_hidden:80"`, "for=", "for", "by=10.1.2.3", "198.51.100.7", `for="198.51.100.7`, `for="198.51.100.7\`,
			`for="198.51.100.7"x`, "for=198.51.100.7;for=203.0.113.9", "for=198.51.100.7 by=10.1.2.3", "=198.51.100.7",
			`for=203.0.113.9;a="`, "for=203.0.113.9, for=unknown, for=10.1.2.3",
		},
	} {
		for _, line := range lines {
			if got, ok := clientOf(t, header, []string{line}); got != peer || ok {
				t.Errorf("got %s, %t for %s: %s, want the peer", got, ok, header, line)
			}
		}
	}
}

// A proxy passes the header that it does not write on as the client sent it, so that header must not be read.
func TestForwarded_ReadsOnlyTheHeaderOfTheProxies(t *testing.T) {
	t.Parallel()
	for _, header := range []string{bff.HeaderForwardedFor, bff.HeaderForwarded} {
		sent := fromPeer(t)
		sent.Header.Set("X-Forwarded-For", "198.51.100.7")
		sent.Header.Set("Forwarded", "for=198.51.100.7")
		sent.Header.Del(header)
		if got, ok, err := bff.ClientOf([]string{"192.0.2.0/24"}, header, sent); err != nil || got != peer || !ok {
			t.Errorf("got %s, %t, %v without %s, want the peer", got, ok, err, header)
		}
	}
}

func TestForwarded_GivesEachClientALimitOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"198.51.100.%d:40000", "[2001:db8:0:%d::1]:40000", "64:ff9b::198.51.100.%d"} {
		w := newFixture(t, func(d *bff.Deps) { d.RequestsPerMin, d.TrustedProxies = 4, []string{"::ffff:192.0.2.0/120"} })
		for i := range 40 {
			w.send(t, request{
				method: http.MethodGet, path: "/v1/failures", header: map[string]string{"X-Forwarded-For": fmt.Sprintf(form, i)},
			}).want(t, http.StatusOK, "")
		}
		w.wantMetric(t, "bff_http_unparsed_clients_total 0")
	}
}

func TestForwarded_CountsClientsThatItCannotParse(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) { d.RequestsPerMin, d.TrustedProxies = 8, []string{"192.0.2.0/24"} })
	var last reply
	for _, address := range []string{"unknown", "198.51.100.7 8080", "client"} {
		last = w.send(t, request{method: http.MethodGet, path: "/v1/failures", header: map[string]string{"X-Forwarded-For": address}})
	}
	last.want(t, http.StatusTooManyRequests, "too_many_requests")
	w.wantMetric(t, "bff_http_unparsed_clients_total 3")
}

func (w *fixture) wantMetric(t *testing.T, line string) {
	t.Helper()
	if page := w.admin(t, "localhost", "/metrics"); !strings.Contains(string(page.body), line+"\n") {
		t.Errorf("the metrics lack %q", line)
	}
}

func clientOf(t *testing.T, header string, lines []string) (client string, ok bool) {
	t.Helper()
	sent := fromPeer(t)
	sent.Header[header] = lines
	client, ok, err := bff.ClientOf([]string{"192.0.2.0/24", "10.0.0.0/8"}, header, sent)
	if err != nil {
		t.Fatal(err)
	}
	return client, ok
}

func fromPeer(t *testing.T) *http.Request {
	t.Helper()
	sent := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
	sent.RemoteAddr = peer + ":1234"
	return sent
}

// The element that our proxy adds decides, whatever the client has written before
// it. If that element cannot be parsed, the peer is the client.
func FuzzForwarded(f *testing.F) {
	for _, sent := range []string{"", "203.0.113.9", "for=203.0.113.9", `for="203.0.113.9`, `for=203.0.113.9;a="`, `for=203.0.113.9;a="\`, "for=_a,", ";"} {
		f.Add(sent)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		for header, added := range map[string][]string{
			bff.HeaderForwardedFor: {"198.51.100.7:80"},
			bff.HeaderForwarded:    {"for=198.51.100.7", `for="198.51.100.7:80"`, `by=10.1.2.3;for="198.51.100.7";proto=https`},
		} {
			for _, element := range added {
				got, ok := clientOf(t, header, []string{sent + ", " + element})
				if got != "198.51.100.7" && (got != peer || ok) {
					t.Errorf("%s: got %s, %t for %q before %s", header, got, ok, sent, element)
				}
			}
		}
	})
}
