package notice

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// validate reports what the law requires, or a flow needs, and is missing (R34).
func (n *Set) validate() error {
	var errs []error
	seen := map[string]bool{}
	if len(n.all) > mostNotices {
		errs = append(errs, fmt.Errorf("must have at most %d notices", mostNotices))
	}
	for i, data := range n.all {
		if seen[data.ID] {
			errs = append(errs, fmt.Errorf("notice %q comes twice", data.ID))
		}
		seen[data.ID] = true
		if err := data.validate(); err != nil {
			errs = append(errs, fmt.Errorf("notice %d (%s): %w", i, data.ID, err))
		}
	}
	return errors.Join(append(errs, n.validateFlows()...)...)
}

// Longest texts, in characters.
const (
	longestName      = 64 // id and version
	longestTitle     = 100
	longestStatement = 500
	longestPart      = 2000
	mostNotices      = 100
)

func (d entry) validate() error {
	var errs []error
	for _, name := range []struct{ field, text string }{{"id", d.ID}, {"version", d.Version}} {
		if !isText(name.text, longestName) {
			errs = append(errs, fmt.Errorf("%s must have 1 to %d characters", name.field, longestName))
		}
	}
	for language := range d.Texts {
		if !slices.Contains(identity.Languages(), language) {
			errs = append(errs, fmt.Errorf("language %q is unknown", language))
		}
	}
	if !slices.Contains(Kinds(), d.Kind) {
		errs = append(errs, fmt.Errorf("kind %q is unknown", d.Kind))
	}
	for _, language := range identity.Languages() {
		errs = append(errs, d.validateText(language))
	}
	return errors.Join(append(errs, d.validateRecipients())...)
}

// validateText returns an error for the text in a language. The traditional one may be
// absent: the default one is shown instead.
func (d entry) validateText(language string) error {
	written, ok := d.Texts[language]
	if !ok && language == identity.Traditional {
		return nil
	}
	if !ok {
		return fmt.Errorf("%s is missing", language)
	}
	var errs []error
	for _, part := range written.parts() {
		switch {
		case strings.TrimSpace(part.text) == "":
			errs = append(errs, fmt.Errorf("%s lacks %s", language, part.name))
		case !isText(part.text, part.longest):
			errs = append(errs, fmt.Errorf("%s: %s must have at most %d characters, none of which is invisible", language, part.name, part.longest))
		}
	}
	return errors.Join(errs...)
}

// isText reports whether a text can be shown: neither empty, nor too long, nor with characters that nobody sees.
func isText(s string, longest int) bool {
	return strings.TrimSpace(s) != "" && utf8.RuneCountInString(s) <= longest && !strings.ContainsFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r)
	})
}

// part is a text with its name.
type part struct {
	name, text string
	longest    int
}

func (t text) parts() []part {
	return []part{
		{"title", t.Title, longestTitle},
		{"statement", t.Statement, longestStatement},
		{"who", t.Parts.Who, longestPart},
		{"purpose", t.Parts.Purpose, longestPart},
		{"method", t.Parts.Method, longestPart},
		{"kinds", t.Parts.Kinds, longestPart},
		{"recipients", t.Parts.Recipients, longestPart},
		{"retention", t.Parts.Retention, longestPart},
		{"rights", t.Parts.Rights, longestPart},
		{"way_without_face", t.Parts.WayWithoutFace, longestPart},
		{"withdrawal", t.Parts.Withdrawal, longestPart},
	}
}

// validateFlows requires exactly one notice of each kind for every flow that can need
// it. Without one, a check could never have its consent; with two, the person would be
// asked twice.
func (n *Set) validateFlows() []error {
	var errs []error
	for _, route := range flows() {
		needed := Required(route.Purpose, policy.CheckKinds()...) // by a policy with every check
		for _, kind := range Kinds() {
			if count := n.count(route, kind); count > 1 || count == 0 && slices.Contains(needed, kind) {
				errs = append(errs, fmt.Errorf("%s of %s in %s has %d notices of kind %s",
					route.Purpose, route.Document, route.Channel, count, kind))
			}
		}
	}
	return errs
}

// flows returns every route that a policy can have.
func flows() []policy.Route {
	var routes []policy.Route
	for _, channel := range policy.Channels() {
		for _, document := range identity.DocumentTypes() {
			for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
				routes = append(routes, policy.Route{Purpose: purpose, Document: document, Channel: channel})
			}
		}
	}
	return routes
}

func (n *Set) count(r policy.Route, kind Kind) int {
	total := 0
	for _, data := range n.all {
		if data.Kind == kind && data.fits(r) {
			total++
		}
	}
	return total
}
