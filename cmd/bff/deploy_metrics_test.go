package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// expressions returns every PromQL expression of the dashboard and the alerts.
func expressions(t *testing.T) []string {
	t.Helper()
	var queries []string
	var dashboard struct {
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal([]byte(readText(t, "deploy/grafana/dashboards/renzheng.json")), &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, panel := range dashboard.Panels {
		if len(panel.Targets) == 0 { // such as a folded row, whose panels nobody would read here
			t.Errorf("the panel %q has no query", panel.Title)
		}
		for _, target := range panel.Targets {
			queries = append(queries, target.Expr)
		}
	}
	encoded, err := json.Marshal(readYAML(t, "deploy/prometheus/alerts.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Rules []struct {
				Expr string `json:"expr"`
			} `json:"rules"`
		} `json:"groups"`
	}
	if err = json.Unmarshal(encoded, &rules); err != nil {
		t.Fatal(err)
	}
	for _, group := range rules.Groups {
		for _, rule := range group.Rules {
			queries = append(queries, rule.Expr)
		}
	}
	const atLeast = 40
	if len(queries) < atLeast {
		t.Fatalf("got %d expressions, want at least %d", len(queries), atLeast)
	}
	return queries
}

// metricsInUse returns the metrics that the dashboard and the alerts name.
func metricsInUse(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	queries := expressions(t)
	for _, query := range queries {
		for _, name := range metricNames().FindAllString(query, -1) {
			names[name] = true
		}
	}
	return names
}

// labelsInUse returns the labels by which a query selects or groups.
func labelsInUse(query string) []string {
	var labels []string
	for _, match := range regexp.MustCompile(`\b(?:by|on|without|ignoring) ?\(([^)]*)\)`).FindAllStringSubmatch(query, -1) {
		labels = append(labels, strings.FieldsFunc(match[1], func(r rune) bool { return r == ',' || r == ' ' })...)
	}
	for _, match := range regexp.MustCompile(`[{,] ?([a-z_]+)(?:=|!=|=~|!~)"`).FindAllStringSubmatch(query, -1) {
		labels = append(labels, match[1])
	}
	return labels
}

// observed is what the scenes scraped: which metrics changed, and which labels each had.
type observed struct {
	moved  map[string]bool
	labels map[string]map[string]bool
}

func (o observed) add(s *alertScene) {
	for _, name := range s.moved() {
		o.moved[name] = true
	}
	for series := range s.series {
		name, _, _ := strings.Cut(series, "{")
		if o.labels[name] == nil {
			o.labels[name] = map[string]bool{}
		}
		for _, match := range regexp.MustCompile(`[{,]([a-z_]+)="`).FindAllStringSubmatch(series, -1) {
			o.labels[name][match[1]] = true
		}
	}
}

// judge fails for a metric that is used and does not exist or never changes, and for a label that it does not have: a
// panel or an alert on it would show that all is well.
func (o observed) judge(t *testing.T) {
	t.Helper()
	for name := range metricsInUse(t) {
		if always := name == "bff_build_info"; o.labels[name] == nil || !o.moved[name] && !always {
			t.Errorf("no scene moves %s", name)
		}
	}
	page := readText(t, "docs/operations.md")
	for name := range o.labels {
		family := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		if strings.HasPrefix(name, "bff_") && !strings.Contains(page, family) {
			t.Errorf("docs/operations.md lacks %s", family)
		}
	}
	queries := expressions(t)
	named := 0
	for _, query := range queries {
		for _, label := range labelsInUse(query) {
			ok := false
			named++
			for _, name := range append(metricNames().FindAllString(query, -1), "up") {
				ok = ok || o.labels[name][label]
			}
			if !ok {
				t.Errorf("no metric has the label %q in %s", label, query)
			}
		}
	}
	if named < 60 {
		t.Errorf("got %d labels in the queries, want more: the pattern finds too few", named)
	}
}
