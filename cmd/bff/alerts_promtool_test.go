package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// alertRule is one rule of deploy/prometheus/alerts.yml.
type alertRule struct {
	Alert       string            `json:"alert"`
	Expr        string            `json:"expr"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

const rulesFile = "deploy/prometheus/alerts.yml"

func alertRules(t *testing.T) []alertRule {
	t.Helper()
	encoded, err := json.Marshal(readYAML(t, rulesFile))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []alertRule `json:"rules"`
		} `json:"groups"`
	}
	if err = json.Unmarshal(encoded, &file); err != nil {
		t.Fatal(err)
	}
	var all []alertRule
	for _, group := range file.Groups {
		all = append(all, group.Rules...)
	}
	return all
}

// promtool runs Prometheus's own tool. scripts/packages.sh installs it.
func promtool(t *testing.T, args ...string) (string, error) {
	t.Helper()
	path := os.Getenv("BFF_TEST_PROMTOOL")
	if path == "" {
		path = filepath.Join(root, ".tools", "bin", "promtool")
	}
	out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	return string(out), err
}

// judge lets Prometheus's engine evaluate the rules over what was scraped, and checks the expectations.
func (s *alertScene) judge(t *testing.T) {
	t.Helper()
	rules, err := filepath.Abs(filepath.Join(root, rulesFile))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	seconds := strconv.Itoa(int(s.step.Seconds())) + "s"
	fmt.Fprintf(&b, "rule_files: [%s]\nevaluation_interval: %s\ntests:\n- interval: %s\n  input_series:\n%s  promql_expr_test:\n", rules, seconds, seconds, s.lines())
	for _, e := range s.expect {
		expr, samples := `group(ALERTS{alertstate="firing"})`, "[]"
		if e.alert != "" {
			expr, samples = fmt.Sprintf(`group(ALERTS{alertname="%s",alertstate="firing"})`, e.alert), "[{labels: '{}', value: 1}]"
		}
		fmt.Fprintf(&b, "  - expr: '%s'\n    eval_time: %ds\n    exp_samples: %s\n", expr, int(s.step.Seconds())*e.scrape, samples)
	}
	path := filepath.Join(t.TempDir(), "scene.yml")
	if err = os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := promtool(t, "test", "rules", path); err != nil {
		t.Errorf("%v\n%s\n%s", err, out, s.lines())
	}
}

// plainNumber writes a number as promtool's series take it, which have no exponent.
func plainNumber(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
