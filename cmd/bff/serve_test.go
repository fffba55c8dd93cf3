package main

import (
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
)

// line returns the log line with a message, or "".
func lineOf(log *harness.Log, message string) string {
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, `"msg":"`+message+`"`) {
			return line
		}
	}
	return ""
}

func TestServe_LogsItsVersionAndWhyItStops(t *testing.T) {
	t.Parallel()
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0]})
	until(t, "the log says that it serves", func() bool { return lineOf(tr.logs, "serving") != "" }) // the line is logged after the listener is open
	if line := lineOf(tr.logs, "serving"); !strings.Contains(line, `"version":"`+version()+`"`) || !strings.Contains(line, strings.TrimPrefix(tr.servers[0].URL, "http://")) {
		t.Errorf("got %q, want the version and the address", line)
	}
	at := caller{base: tr.servers[0].URL}
	if got := at.get(t, "/healthz").is(t, http.StatusOK).text(t, "version"); got != version() {
		t.Errorf("got %q at /healthz, want %q", got, version())
	}
	metrics := caller{base: tr.servers[0].Admin}.get(t, "/metrics").is(t, http.StatusOK)
	if want := `bff_build_info{version="` + version() + `"} 1`; !strings.Contains(string(metrics.body), want) {
		t.Errorf("the metrics lack %s", want)
	}
	tr.stop(t)
	if line := lineOf(tr.logs, "stopping"); !strings.Contains(line, "terminated") {
		t.Errorf("got %q, want the signal", line)
	}
}

// The server logs "serving" only if both addresses can be reached. If one is taken, it does not start.
func TestServe_SaysThatItServesOnlyWhenItDoes(t *testing.T) {
	t.Parallel()
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for name, program := range map[string]harness.Program{
		"public": {Path: os.Args[0], Listen: taken.Addr().String()}, "admin": {Path: os.Args[0], Admin: taken.Addr().String()},
	} {
		tr := emptyProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0]})
		program.Logs, program.Settings = tr.logs, nodeOf(t, 0, tr.Settings)
		if server, err := tr.Start(t.Context(), program); err == nil {
			server.Kill()
			t.Errorf("%s: started on an address that is taken", name)
		}
		if lineOf(tr.logs, "serving") != "" || !strings.Contains(tr.logs.String(), "listening on "+taken.Addr().String()) {
			t.Errorf("%s: got %s", name, tr.logs)
		}
	}
}

func TestRun_PrintsItsVersion(t *testing.T) {
	t.Parallel()
	out, err := command(t, "--version").Output()
	if err != nil || string(out) != version()+"\n" {
		t.Errorf("got %q, %v, want %q", out, err, version())
	}
}
