package main

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
)

// alertScene plays a server and scrapes it. What Prometheus would have scraped in an hour is scraped as fast as the server
// answers, and the rules are evaluated with the times that it would have had: neither an expression nor its `for` is changed.
// Every value is one that the server exported.
type alertScene struct {
	*processFixture

	step   time.Duration // between two scrapes
	scrape int           // so many were made
	ahead  time.Duration // by which the rules' clock is ahead
	clock  string        // its file
	wanted map[string]bool
	series map[string][]string
	expect []expectation
}

// expectation is what Prometheus must say after so many scrapes.
type expectation struct {
	scrape int
	alert  string // that fires; "" = none does
}

// sceneOptions say what a scene needs; the zero value has one server on SQLite and a scrape every 15 seconds, as
// deploy/prometheus.yml has it.
type sceneOptions struct {
	mysql    bool
	step     time.Duration
	settings harness.Settings
	prepare  func(t *testing.T, s *alertScene) // before the server starts
	unready  bool                              // the server starts and is not ready
}

func newAlertScene(t *testing.T, o sceneOptions) *alertScene {
	t.Helper()
	engine := storetest.Engines(t)[0]
	for _, e := range storetest.Engines(t) {
		if o.mysql && e.Name != "sqlite" {
			engine = e
		}
	}
	clock := filepath.Join(t.TempDir(), "clock")
	if err := os.WriteFile(clock, []byte("0s"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &alertScene{
		processFixture: emptyProcessFixture(t, fixtureOptions{engine: &engine, settings: harness.Settings{"BFF_CLOCK_FILE": clock}.With(o.settings)}),
		step:           15 * time.Second, clock: clock, wanted: metricsInUse(t), series: map[string][]string{},
	}
	s.wanted["up"] = true
	if o.step != 0 {
		s.step = o.step
	}
	if o.prepare != nil {
		o.prepare(t, s)
	}
	s.unready = o.unready
	s.start(t, "")
	return s
}

func metricNames() *regexp.Regexp { return regexp.MustCompile(`\b(bff|go|process)_[a-z_]+`) }

// scrapes scrapes every server until d has passed in the scene, and calls each before each scrape.
func (s *alertScene) scrapes(t *testing.T, d time.Duration, each func()) {
	t.Helper()
	for range int(d / s.step) {
		if each != nil {
			each()
		}
		s.scrapeOnce(t)
	}
}

func (s *alertScene) scrapeOnce(t *testing.T) {
	t.Helper()
	seen := map[string]bool{}
	for i, server := range s.servers {
		target := fmt.Sprintf(`instance="replica-%d",job="renzheng"`, i+1)
		got, err := (caller{base: server.Admin}).try(request{method: http.MethodGet, path: "/metrics"})
		if err != nil || got.status != http.StatusOK {
			s.add("up{"+target+"}", "0", seen)
			continue
		}
		s.add("up{"+target+"}", "1", seen)
		for line := range strings.Lines(string(got.body)) {
			s.addLine(strings.TrimSpace(line), target, seen)
		}
	}
	for name, values := range s.series {
		if !seen[name] { // it was there and is not any more
			s.series[name] = append(values, "stale")
		}
	}
	s.scrape++
}

// addLine adds a line of the text format, if a rule asks for it.
func (s *alertScene) addLine(line, target string, seen map[string]bool) {
	name, value, ok := cutLast(line, " ")
	if metric, _, _ := strings.Cut(name, "{"); !ok || !s.wanted[metric] {
		return
	}
	if metric, labels, has := strings.Cut(name, "{"); has {
		name = metric + "{" + target + "," + labels
	} else {
		name += "{" + target + "}"
	}
	s.add(name, plainNumber(value), seen)
}

func (s *alertScene) add(name, value string, seen map[string]bool) {
	if s.series[name] == nil {
		s.series[name] = slices.Repeat([]string{"_"}, s.scrape)
	}
	s.series[name], seen[name] = append(s.series[name], value), true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// pass lets time pass for the rules of the servers, without a scrape.
func (s *alertScene) pass(t *testing.T, d time.Duration) {
	t.Helper()
	s.ahead += d
	next := s.clock + ".next"
	if err := os.WriteFile(next, []byte(s.ahead.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, s.clock); err != nil {
		t.Fatal(err)
	}
	const reread = 250 * time.Millisecond // the servers read it five times a second
	time.Sleep(reread)
}

// refresh makes the servers read again what they know of the database.
func (s *alertScene) refresh(t *testing.T) {
	t.Helper()
	s.pass(t, backlogFor+time.Second)
}

// fires expects that an alert fires at the last scrape, and tries what its page says.
func (s *alertScene) fires(t *testing.T, alert string, labels map[string]string) {
	t.Helper()
	s.expect = append(s.expect, expectation{s.scrape - 1, alert})
	s.tryRunbook(t, alert, labels)
}

// quiet expects that no alert fires at the last scrape.
func (s *alertScene) quiet() { s.expect = append(s.expect, expectation{s.scrape - 1, ""}) }

// moved returns the metrics of which a series changed its value.
func (s *alertScene) moved() []string {
	var names []string
	for series, values := range s.series {
		if slices.ContainsFunc(values, func(v string) bool { return v != values[0] }) {
			name, _, _ := strings.Cut(series, "{")
			names = append(names, name)
		}
	}
	return names
}

// lines returns the series as promtool reads them.
func (s *alertScene) lines() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s.series)) {
		fmt.Fprintf(&b, "  - series: '%s'\n    values: '%s'\n", strings.ReplaceAll(name, "'", "''"), strings.Join(s.series[name], " "))
	}
	return b.String()
}
