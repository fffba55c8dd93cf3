package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"renzheng/identity"
)

// validate reports everything in a policy that is below the minimum of R15 or
// inconsistent.
func (d data) validate() error {
	var errs []error
	if d.Version == "" || len(d.Version) > maxProviderName || strings.ContainsFunc(d.Version, unicode.IsControl) {
		errs = append(errs, fmt.Errorf("version must have 1 to %d bytes", maxProviderName))
	}
	if len(d.Routes) == 0 {
		errs = append(errs, errors.New("routes are empty: nobody could be verified"))
	}
	served := map[Route]bool{}
	for i, rule := range d.Routes {
		for _, err := range rule.validate(served) {
			errs = append(errs, fmt.Errorf("route %d: %w", i, err))
		}
	}
	return errors.Join(errs...)
}

// validate returns the errors of one rule. served has the routes of earlier rules, so
// that no route is served by two.
func (r rule) validate(served map[Route]bool) []error {
	var errs []error
	if len(r.Purposes) == 0 || len(r.Documents) == 0 || len(r.Channels) == 0 {
		errs = append(errs, errors.New("purposes, documents and channels need at least one entry"))
	}
	for _, route := range r.routes() {
		if served[route] {
			errs = append(errs, fmt.Errorf("%s of %s in %s is served twice", route.Purpose, route.Document, route.Channel))
		}
		served[route] = true
		if err := requireMinimum(route, r.Steps); err != nil {
			errs = append(errs, err)
		}
	}
	return append(errs, validateSteps(r.Steps)...)
}

// routes returns every combination of the rule's lists.
func (r rule) routes() []Route {
	var routes []Route
	for _, purpose := range r.Purposes {
		for _, document := range r.Documents {
			for _, channel := range r.Channels {
				routes = append(routes, Route{Purpose: purpose, Document: document, Channel: channel})
			}
		}
	}
	return routes
}

// requireMinimum returns an error for steps that no policy may have: a face must come
// first, whose liveness the settlement requires (R13, R14), and access with a resident
// ID must have the bank card too (M-17).
func requireMinimum(r Route, steps []Step) error {
	switch {
	case r.Purpose != Access && r.Purpose != Confirm:
		return fmt.Errorf("purpose %q is unknown", r.Purpose)
	case !r.Document.Valid():
		return fmt.Errorf("document type %q is unknown", r.Document)
	case !slices.Contains(Channels(), r.Channel):
		return fmt.Errorf("channel %q is unknown", r.Channel) // it would have no notices
	case len(steps) == 0 || steps[0].Check != Face:
		return fmt.Errorf("%s of %s: the first step must be the face", r.Purpose, r.Document)
	case r.Purpose == Access && r.Document == identity.ResidentID && !hasCheck(steps, BankCard):
		return fmt.Errorf("%s of %s: the bank card is missing", r.Purpose, r.Document)
	}
	return nil
}

func validateSteps(steps []Step) []error {
	var errs []error
	for i, step := range steps {
		switch {
		case !step.Check.valid():
			errs = append(errs, fmt.Errorf("check %q is unknown", step.Check))
		case hasCheck(steps[:i], step.Check):
			errs = append(errs, fmt.Errorf("check %s comes twice", step.Check))
		}
		if err := step.Providers.validate(); err != nil {
			errs = append(errs, fmt.Errorf("check %s %w", step.Check, err))
		}
	}
	return errs
}

func hasCheck(steps []Step, kind CheckKind) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return s.Check == kind })
}

// Channels returns the channels that a policy may name.
func Channels() []string { return []string{"alipay", "wechat", "web"} }
