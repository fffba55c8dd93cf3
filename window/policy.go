package window

import (
	_ "embed" // the default policy
	"errors"
	"fmt"
	"regexp"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed policy.json
var defaultPolicy []byte

// Policy holds the reasons for which a person is served. The approval by a second member cannot be configured.
type Policy struct {
	Reasons []Reason `json:"reasons"`
}

// Reason is why a person comes to the window.
type Reason struct {
	Code string        `json:"code"`
	Text identity.Text `json:"text"`

	Minor bool `json:"minor,omitempty"` // accepted for a minor only

	Failures []string `json:"failures,omitempty"` // codes of the failures after which it is proposed
}

// DefaultPolicy returns the policy that is built in.
func DefaultPolicy() (Policy, error) { return ReadPolicy(defaultPolicy) }

var codePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,47}$`)

// ReadPolicy parses and validates a policy.
func ReadPolicy(text []byte) (Policy, error) {
	var p Policy
	if err := strictjson.Decode(text, &p); err != nil {
		return Policy{}, fmt.Errorf("reading the policy of the window: %w", err)
	}
	if len(p.Reasons) == 0 {
		return Policy{}, errors.New("reading the policy of the window: it has no reasons")
	}
	for i, r := range p.Reasons {
		if !codePattern.MatchString(r.Code) || len(r.Text.Missing()) > 0 || p.has(r.Code, i) {
			return Policy{}, fmt.Errorf("reading the policy of the window: reason %d has no code of its own, or lacks a text", i+1)
		}
	}
	return p, nil
}

func (p Policy) has(code string, before int) bool {
	return slices.ContainsFunc(p.Reasons[:before], func(r Reason) bool { return r.Code == code })
}

// Reason returns the reason of a code.
func (p Policy) Reason(code string) (Reason, bool) {
	i := slices.IndexFunc(p.Reasons, func(r Reason) bool { return r.Code == code })
	if i < 0 {
		return Reason{}, false
	}
	return p.Reasons[i], true
}

// After returns the code of the reason that is proposed after a failure, or "".
func (p Policy) After(failure string) string {
	for _, r := range p.Reasons {
		if slices.Contains(r.Failures, failure) {
			return r.Code
		}
	}
	return ""
}
