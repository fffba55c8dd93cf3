package resilience_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"renzheng/providers/resilience"
)

func TestSettings_Validate(t *testing.T) {
	t.Parallel()
	if err := settings().Validate(); err != nil {
		t.Errorf("got %v for settings that hold", err)
	}
	nothing := resilience.Settings{Wait: -1, Ratio: math.NaN()}
	err := nothing.Validate()
	for _, word := range []string{"Places", "Calls", "Probes", "Window", "OpenFor", "Wait", "Ratio"} {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("got %v, want %q among the problems", err, word)
		}
	}
	if _, err := resilience.New(nothing, prometheus.NewRegistry()); err == nil {
		t.Error("got a guard of settings that do not hold")
	}
}

func TestNew_MetricsOnce(t *testing.T) {
	t.Parallel()
	_, registry := newGuard(t, settings())
	if _, err := resilience.New(settings(), registry); err == nil {
		t.Error("got a second guard on the same registry, want an error")
	}
}

func TestMetrics_ByProviderAndCall(t *testing.T) {
	t.Parallel()
	guard, registry := newGuard(t, settings())
	check := checkCard(guard.BankCardChecker("bank", answering("", context.DeadlineExceeded)))
	_ = repeat(6, check)
	guard.FaceChecker("other", answering("", nil))
	want := []string{
		"bff_provider_breaker_changes_total bank_card bank open 1",
		"bff_provider_breaker_state bank_card bank 1",
		"bff_provider_breaker_state face_query other 0",
		"bff_provider_breaker_state face_start other 0",
		"bff_provider_call_seconds bank_card bank 4",
		"bff_provider_calls_total bank_card failing bank 4",
		"bff_provider_rejections_total bank_card bank breaker_open 2",
	}
	if diff := cmp.Diff(want, gathered(t, registry)); diff != "" {
		t.Error(diff)
	}
}

// gathered returns a line for each metric: its name, the values of its labels in
// the order of their names, and its value; of a histogram its count.
func gathered(t *testing.T, registry *prometheus.Registry) []string {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			words := []string{family.GetName()}
			for _, label := range metric.GetLabel() {
				words = append(words, label.GetValue())
			}
			value := metric.GetCounter().GetValue() + metric.GetGauge().GetValue() // one of the three is there
			value += float64(metric.GetHistogram().GetSampleCount())
			lines = append(lines, strings.Join(words, " ")+fmt.Sprintf(" %g", value))
		}
	}
	return lines
}
