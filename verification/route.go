package verification

import "renzheng/identity"

// Route is what the policy decides by.
type Route struct {
	Purpose  Purpose
	Document identity.DocumentType
	Channel  string
}

func routeOf(v Verification) Route {
	return Route{Purpose: v.Purpose, Document: v.Document.Type, Channel: v.Channel}
}

// provider chooses who does a check of v: the first in the policy's order that
// is configured and on. A check without one is never skipped (R15).
//
// *RefusedError: check_switched_off where only the switch is in the way,
// route_missing otherwise.
func (s *Service) provider(v Verification, kind CheckKind) (string, error) {
	refusal := RouteMissing
	for _, name := range s.deps.Policy.Providers(routeOf(v), kind) {
		switch {
		case !s.configured(kind, name):
		case s.deps.Policy.Off(kind, name):
			refusal = CheckSwitchedOff
		default:
			return name, nil
		}
	}
	return "", &RefusedError{Code: refusal}
}

func (s *Service) configured(kind CheckKind, name string) bool {
	var there bool
	switch kind {
	case Face:
		_, there = s.deps.Faces[name]
	case BankCard:
		_, there = s.deps.BankCards[name]
	}
	return there
}
