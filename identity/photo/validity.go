package photo

import (
	"strings"

	"renzheng/identity"
)

// WithValidity returns the reading with the validity as the card prints it: two dates in the form 2006.01.02 and a hyphen between
// them, the second one or 长期. What is not of this form is left out.
func (r Reading) WithValidity(printed string) Reading {
	from, until, ok := strings.Cut(printed, "-")
	if !ok {
		return r
	}
	begin, err := identity.ParseDate(strings.ReplaceAll(from, ".", "-"))
	if err != nil {
		return r
	}
	if until == identity.LongTerm {
		r.From, r.LongTerm = begin, true
		return r
	}
	if end, err := identity.ParseDate(strings.ReplaceAll(until, ".", "-")); err == nil {
		r.From, r.Until = begin, end
	}
	return r
}
