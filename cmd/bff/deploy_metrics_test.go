package main

import (
	"encoding/json"
	"testing"
)

// expressions returns every PromQL expression of the dashboard and the alerts, and
// the names of the alerts.
func expressions(t *testing.T) (queries, alerts []string) {
	t.Helper()
	var dashboard struct {
		Panels []struct {
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal([]byte(readText(t, "deploy/grafana/dashboards/renzheng.json")), &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, panel := range dashboard.Panels {
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
				Alert string `json:"alert"`
				Expr  string `json:"expr"`
			} `json:"rules"`
		} `json:"groups"`
	}
	if err = json.Unmarshal(encoded, &rules); err != nil {
		t.Fatal(err)
	}
	for _, group := range rules.Groups {
		for _, rule := range group.Rules {
			queries, alerts = append(queries, rule.Expr), append(alerts, rule.Alert)
		}
	}
	if len(queries) < 20 || len(alerts) < 10 {
		t.Fatalf("got %d expressions and %d alerts", len(queries), len(alerts))
	}
	return queries, alerts
}

// metricsInUse returns the metrics that the dashboard and the alerts name.
func metricsInUse(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	queries, _ := expressions(t)
	for _, query := range queries {
		for _, name := range metricNames().FindAllString(query, -1) {
			names[name] = true
		}
	}
	return names
}
