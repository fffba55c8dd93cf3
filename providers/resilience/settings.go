package resilience

import (
	"errors"
	"fmt"
	"time"

	"renzheng/setting"
)

// Settings are the same for every circuit. All of them are required.
type Settings struct {
	Places int           // calls under way at a time, per provider, call and replica
	Wait   time.Duration // for a place, before a call is turned away; 0 = not at all

	Calls  int           // within Window, before the breaker judges
	Ratio  float64       // of these that went wrong, above 0 and up to 1, and the breaker opens
	Window time.Duration // sliding

	OpenFor time.Duration // nothing is sent; then probes are
	Probes  int           // calls that are let out then; most of them must go well
}

// The bounds of Validate.
const (
	mostPlaces = 10_000
	longWait   = 5 * time.Second // a person waits for the answer
	mostCalls  = 10_000
	longWindow = time.Hour
	mostProbes = 100
)

// Validate returns a setting.Error for each field that is invalid, joined.
func (s Settings) Validate() error {
	return errors.Join(
		count("Places", s.Places, mostPlaces), count("Calls", s.Calls, mostCalls), count("Probes", s.Probes, mostProbes),
		span("Window", s.Window), span("OpenFor", s.OpenFor),
		setting.Require(s.Wait >= 0 && s.Wait <= longWait, "Wait", fmt.Sprintf("must be 0 to %s", longWait)),
		setting.Require(s.Ratio > 0 && s.Ratio <= 1, "Ratio", "must be more than 0 and at most 1"), // false for NaN
	)
}

func count(field string, n, most int) error {
	return setting.Require(n >= 1 && n <= most, field, fmt.Sprintf("must be 1 to %d", most))
}

func span(field string, d time.Duration) error {
	return setting.Require(d > 0 && d <= longWindow, field, fmt.Sprintf("must be more than 0 and at most %s", longWindow))
}

// needed is how many probes must go well: more than half.
func (s Settings) needed() int { return s.Probes/2 + 1 }
