package bff_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"renzheng/bff"
)

// served returns what a server logs while one client sends one request to a handler.
func served(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	var log bytes.Buffer
	server := httptest.NewUnstartedServer(nil)
	server.Config = bff.NewServer(handler, slog.New(slog.NewJSONHandler(&log, nil)))
	server.Start()
	sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.Client().Do(sent)
	if err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	server.Close() // waits for the handler
	return log.String()
}

// A panic outside the API's own recovery, as of a page of the admin listener.
func TestServer_LogsPanicsWithoutTheirValue(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"string": "11010119900101001X", "*errors.errorString": errors.New("11010119900101001X")} {
		log := served(t, func(http.ResponseWriter, *http.Request) { panic(value) })
		if !strings.Contains(log, `"msg":"panic","kind":"`+name+`"`) || !strings.Contains(log, "TestServer_LogsPanics") || strings.Contains(log, "11010119900101001X") {
			t.Errorf("got %q, want the panic's kind and frames without its value", log)
		}
	}
	if log := served(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }); log != "" {
		t.Errorf("an ended connection: got %q, want nothing", log)
	}
}

func TestServer_LogsWhatNetHTTPReports(t *testing.T) {
	t.Parallel()
	log := served(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.WriteHeader(http.StatusOK)
	})
	if !strings.HasPrefix(log, "{") || !strings.Contains(log, `"level":"WARN"`) || !strings.Contains(log, "superfluous response.WriteHeader") {
		t.Errorf("got %q, want a line of the structured log", log)
	}
}
