package kit_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
)

func lineTo(t *testing.T, address string) *kit.Line {
	t.Helper()
	base, err := kit.ReadBase(address)
	if err != nil {
		t.Fatal(err)
	}
	return &kit.Line{Base: base, Timeout: 10 * time.Second, Transport: kit.NewTransport(nil), MaxBytes: 16}
}

func request(t *testing.T, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader("question"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLine_Send_Faults(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		serve http.HandlerFunc
		want  kit.SendError
	}{
		"a short answer":          {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "answer") }, ""},
		"an answer of 16 bytes":   {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 16)) }, ""},
		"an answer of 17 bytes":   {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 17)) }, kit.ErrTooLong},
		"a connection that drops": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, kit.ErrBroken},
		"an answer cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "12")
			_, _ = io.WriteString(w, "half")
		}, kit.ErrBroken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.serve)
			defer server.Close()
			_, err := lineTo(t, server.URL).Send(t.Context(), request(t, server.URL))
			var got kit.SendError
			if errors.As(err, &got); got != c.want || (err == nil) != (c.want == "") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestLine_Send_TimeIsBounded(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush() // the head comes, the body never does
		<-r.Context().Done()
	}))
	defer server.Close()
	line := lineTo(t, server.URL)
	line.Timeout = 50 * time.Millisecond
	if _, err := line.Send(t.Context(), request(t, server.URL)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want a time-out", err)
	}
	line.Timeout = 10 * time.Second
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, leave)
	if _, err := line.Send(ctx, request(t, server.URL)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancellation", err)
	}
	if _, err := line.Send(ctx, request(t, server.URL)); !errors.Is(err, kit.ErrNotSent) {
		t.Errorf("got %v for a caller who had left, want nothing sent", err)
	}
}

func TestLine_Send_OneHostOnly(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	line := lineTo(t, server.URL)

	reply, err := line.Send(t.Context(), request(t, server.URL))
	if err != nil || reply.Status != http.StatusTemporaryRedirect {
		t.Errorf("got status %d and error %v, want the redirect itself", reply.Status, err)
	}
	named := request(t, server.URL)
	named.Host = "example.org"
	for _, r := range []*http.Request{request(t, other.URL), request(t, strings.Replace(server.URL, "http:", "https:", 1)), named} {
		if _, err := line.Send(t.Context(), r); !errors.Is(err, kit.ErrNotSent) {
			t.Errorf("got %v for %s, want nothing sent", err, r.URL.Host)
		}
	}
	if _, err := (&kit.Line{}).Send(t.Context(), request(t, server.URL)); !errors.Is(err, kit.ErrNotSent) {
		t.Errorf("got %v from the zero value, want nothing sent", err)
	}
	if got := elsewhere.Load(); got != 0 {
		t.Errorf("got %d requests at another host, want none", got)
	}
}

func TestLine_Send_KnowsThatNobodyListens(t *testing.T) {
	t.Parallel()
	line := lineTo(t, "http://127.0.0.1:9")
	line.Transport = providerstest.Unreachable()
	if _, err := line.Send(t.Context(), request(t, line.Base.String())); !errors.Is(err, kit.ErrNotSent) {
		t.Errorf("got %v, want nothing sent", err)
	}
}

// A host that takes the connection and never speaks TLS has seen no request.
func TestLine_Send_KnowsThatNoHandshakeWasMade(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	line := lineTo(t, "https://"+listener.Addr().String())
	line.Timeout = 50 * time.Millisecond
	if _, err := line.Send(t.Context(), request(t, line.Base.String())); !errors.Is(err, kit.ErrNotSent) {
		t.Errorf("got %v, want nothing sent", err)
	}
}
