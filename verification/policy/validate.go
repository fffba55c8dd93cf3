package policy

import (
	"fmt"
	"slices"

	"renzheng/identity"
)

// problems holds a policy against the floor of R15 and against itself.
func (d data) problems() []error {
	var found []error
	if d.Version == "" {
		found = append(found, fmt.Errorf("version is empty"))
	}
	if len(d.Routes) == 0 {
		found = append(found, fmt.Errorf("routes are empty: nobody could be verified"))
	}
	served := map[Route]bool{}
	for i, rule := range d.Routes {
		for _, problem := range rule.problems(served) {
			found = append(found, fmt.Errorf("route %d: %w", i, problem))
		}
	}
	return found
}

// problems checks one rule; served collects what earlier rules serve, so that
// no route has two answers.
func (r rule) problems(served map[Route]bool) []error {
	var found []error
	if len(r.Purposes) == 0 || len(r.Documents) == 0 || len(r.Channels) == 0 {
		found = append(found, fmt.Errorf("purposes, documents and channels need one entry at least"))
	}
	for _, purpose := range r.Purposes {
		for _, document := range r.Documents {
			for _, channel := range r.Channels {
				route := Route{purpose, document, channel}
				if served[route] {
					found = append(found, fmt.Errorf("%s of %s in %s is served twice", purpose, document, channel))
				}
				served[route] = true
				if problem := belowFloor(route, r.Steps); problem != nil {
					found = append(found, problem)
				}
			}
		}
	}
	return append(found, stepProblems(r.Steps)...)
}

// belowFloor is what no policy may go below: a face first, whose liveness the
// settlement demands (R13, R14), and for access with a resident ID the bank
// card too (M-17).
func belowFloor(r Route, steps []Step) error {
	switch {
	case r.Purpose != Access && r.Purpose != Confirm:
		return fmt.Errorf("purpose %q is unknown", r.Purpose)
	case !r.Document.Valid():
		return fmt.Errorf("document type %q is unknown", r.Document)
	case !slices.Contains(Channels(), r.Channel):
		return fmt.Errorf("channel %q is unknown", r.Channel) // its notices would be too
	case len(steps) == 0 || steps[0].Check != Face:
		return fmt.Errorf("%s of %s: the first step must be the face", r.Purpose, r.Document)
	case r.Purpose == Access && r.Document == identity.ResidentID && !hasCheck(steps, BankCard):
		return fmt.Errorf("%s of %s: the bank card is missing", r.Purpose, r.Document)
	}
	return nil
}

func stepProblems(steps []Step) []error {
	var found []error
	for i, step := range steps {
		switch {
		case !knownCheck(step.Check):
			found = append(found, fmt.Errorf("check %q is unknown", step.Check))
		case hasCheck(steps[:i], step.Check):
			found = append(found, fmt.Errorf("check %s comes twice", step.Check))
		}
		if err := step.Providers.problem(); err != nil {
			found = append(found, fmt.Errorf("check %s %w", step.Check, err))
		}
	}
	return found
}

func hasCheck(steps []Step, kind CheckKind) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return s.Check == kind })
}

func knownCheck(kind CheckKind) bool { return slices.Contains(CheckKinds(), kind) }

// Channels returns the channels that a policy may name.
func Channels() []string { return []string{"alipay", "wechat", "web"} }
