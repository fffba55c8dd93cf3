package notice

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// validate reports what the law requires, or a flow needs, and is missing (R34).
func (n *Set) validate() error {
	var errs []error
	seen := map[string]bool{}
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

func (d entry) validate() error {
	var errs []error
	if d.ID == "" || d.Version == "" {
		errs = append(errs, errors.New("id or version is empty"))
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
	return errors.Join(errs...)
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
	for _, part := range written.missing() {
		errs = append(errs, fmt.Errorf("%s lacks %s", language, part))
	}
	return errors.Join(errs...)
}

// missing returns the names of the parts without text.
func (t text) missing() []string {
	var names []string
	for _, part := range []struct{ name, text string }{
		{"title", t.Title},
		{"statement", t.Statement},
		{"who", t.Parts.Who},
		{"purpose", t.Parts.Purpose},
		{"method", t.Parts.Method},
		{"kinds", t.Parts.Kinds},
		{"recipients", t.Parts.Recipients},
		{"retention", t.Parts.Retention},
		{"rights", t.Parts.Rights},
		{"way_without_face", t.Parts.WayWithoutFace},
		{"withdrawal", t.Parts.Withdrawal},
	} {
		if strings.TrimSpace(part.text) == "" {
			names = append(names, part.name)
		}
	}
	return names
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
