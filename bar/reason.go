package bar

import (
	_ "embed" // the reasons
	"errors"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed reasons.json
var reasonsJSON []byte

// Code names a reason.
type Code string

// Reason is why a person may be barred, in words that the person reads.
type Reason struct {
	Code Code          `json:"code"`
	Text identity.Text `json:"text"`
}

// reasons is checked when the program starts.
var reasons = mustLoad(reasonsJSON) //nolint:gochecknoglobals // read-only, loaded once

// Reasons returns all reasons. It is read-only.
func Reasons() []Reason { return reasons }

// Lookup returns the reason of a code, and false for an unknown code.
func Lookup(code Code) (Reason, bool) {
	i := slices.IndexFunc(reasons, func(r Reason) bool { return r.Code == code })
	if i < 0 {
		return Reason{}, false
	}
	return reasons[i], true
}

func mustLoad(raw []byte) []Reason {
	var list []Reason
	if err := strictjson.Decode(raw, &list); err != nil {
		panic("bar: reading the reasons: " + err.Error())
	}
	var problems []error
	for _, r := range list {
		if missing := r.Text.Missing(); len(missing) > 0 {
			problems = append(problems, fmt.Errorf("reason %s has no text in %v", r.Code, missing))
		}
	}
	if err := errors.Join(problems...); err != nil {
		panic("bar: " + err.Error())
	}
	return list
}
