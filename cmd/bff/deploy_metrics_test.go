package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
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

// A dashboard or an alert on a metric that does not exist shows that all is well.
func TestDeploy_MetricsOfDashboardAndAlertsExist(t *testing.T) {
	t.Parallel()
	tr := newProcessFixture(t, fixtureOptions{
		engine: &storetest.Engines(t)[0], settings: harness.Settings{"BFF_LIMITS_STARTS": "3"},
	})
	c := tr.enter(t, tr.newPerson(people.Passes)) // one start
	asked, caseID := c.openTodo(t)
	c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated) // another one
	c.face(t, c.begin(t, c.document()), alipaytest.ActionFail)         // the last one
	c.post(t, "/v1/verifications", members{"purpose": "access", "document": c.document()})
	until(t, "the event is delivered", func() bool {
		return tr.rows.count(t, "SELECT COUNT(*) FROM events WHERE case_id = ? AND delivery_state = 'delivered'", caseID) > 0
	})
	tr.rows.shift(t, "UPDATE events SET delivery_state = 'dead' WHERE case_id = ?", caseID)
	until(t, "the dead letter is counted", func() bool { return strings.Contains(tr.metrics(t), `bff_events{`) })
	page := tr.metrics(t)

	names := map[string]bool{}
	queries, _ := expressions(t)
	for _, query := range queries {
		for _, name := range regexp.MustCompile(`\b(bff|go|process)_[a-z_]+`).FindAllString(query, -1) {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !strings.Contains(page, "\n"+name+"{") && !strings.Contains(page, "\n"+name+" ") {
			t.Errorf("the server exports no %s", name)
		}
	}
}

func TestDeploy_EachAlertHasItsPage(t *testing.T) {
	t.Parallel()
	_, alerts := expressions(t)
	page := readText(t, "docs/operations.md")
	for _, alert := range alerts {
		if !strings.Contains(page, "\n### "+alert+"\n") {
			t.Errorf("docs/operations.md says nothing of %s", alert)
		}
	}
}
