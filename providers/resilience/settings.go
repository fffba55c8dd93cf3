package resilience

import (
	"errors"
	"fmt"
	"time"
)

// Settings are the same for every gate. All of them are needed; Validate tells
// what cannot be meant.
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

// Validate reports all problems together, a line each: the field, a colon and
// what it wants.
func (s Settings) Validate() error {
	var problems []error
	for _, n := range []struct {
		name        string
		value, most int
	}{{"places", s.Places, mostPlaces}, {"calls", s.Calls, mostCalls}, {"probes", s.Probes, mostProbes}} {
		if n.value < 1 || n.value > n.most {
			problems = append(problems, fmt.Errorf("%s: wants 1 to %d", n.name, n.most))
		}
	}
	for _, d := range []struct {
		name  string
		value time.Duration
	}{{"window", s.Window}, {"open for", s.OpenFor}} {
		if d.value <= 0 || d.value > longWindow {
			problems = append(problems, fmt.Errorf("%s: wants more than 0 and up to %s", d.name, longWindow))
		}
	}
	if s.Wait < 0 || s.Wait > longWait {
		problems = append(problems, fmt.Errorf("wait: wants 0 to %s", longWait))
	}
	if !(s.Ratio > 0 && s.Ratio <= 1) { // written so that NaN is refused
		problems = append(problems, errors.New("ratio: wants more than 0 and up to 1"))
	}
	return errors.Join(problems...)
}

// needed is how many probes must go well: more than half.
func (s Settings) needed() int { return s.Probes/2 + 1 }
