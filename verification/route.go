package verification

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

func routeOf(v Verification) policy.Route {
	return policy.Route{Purpose: v.Purpose, Document: v.Document.Type, Channel: v.Channel}
}

// providerChoice is who may do a check of a verification.
type providerChoice struct {
	providers []string      // the chosen first, then those that stand in for it
	note      identity.Text // what the operator says of the chosen one; zero where it is simply on
}

// chooseProvider chooses who does a check of v: by weight among those that are configured
// and on, by the same rule among the degraded where none is. A check without
// anybody is never skipped (R15).
//
// *RefusedError: check_switched_off where only a switch is in the way, with the
// operator's words, route_missing otherwise.
func (s *Service) chooseProvider(ctx context.Context, v Verification, kind policy.CheckKind) (providerChoice, error) {
	board, err := s.switches.Read(ctx, s.now())
	if err != nil {
		return providerChoice{}, err
	}
	there := slices.DeleteFunc(s.deps.Policy.Providers(routeOf(v), kind), func(p policy.Provider) bool {
		return !s.configured(kind, p.Name)
	})
	return choose(there, kind, board, v.ID+"|"+string(kind))
}

// choose is way among the providers that are there.
func choose(there []policy.Provider, kind policy.CheckKind, board policy.Switches, seed string) (providerChoice, error) {
	refused := &RejectedError{Code: failure.RouteMissing}
	var on, degraded []policy.Provider
	for _, p := range there {
		switch found := board.Of(kind, p.Name); found.State {
		case policy.Off:
			if refused.Code == failure.RouteMissing {
				refused = &RejectedError{Code: failure.CheckSwitchedOff, Note: found.Text, Until: found.Until}
			}
		case policy.Degraded:
			degraded = append(degraded, p)
		case policy.On:
			on = append(on, p)
		}
	}
	chosen := append(ranked(on, seed), ranked(degraded, seed)...)
	if len(chosen) == 0 {
		return providerChoice{}, refused
	}
	return providerChoice{providers: chosen, note: board.Of(kind, chosen[0]).Text}, nil
}

// ranked orders providers by lot: each comes first as often as its weight says.
// Those without weight stand by, in the order of the policy. The lot falls once
// for a verification, whose id is random, so that what the person was shown is
// what happens, on every replica; and one provider that goes away changes
// nothing for those who were not his (weighted rendezvous hashing).
func ranked(providers []policy.Provider, seed string) []string {
	lots := make(map[string]float64, len(providers))
	for _, p := range providers {
		lots[p.Name] = score(p, seed)
	}
	drawn := slices.Clone(providers)
	slices.SortStableFunc(drawn, func(a, b policy.Provider) int { return cmp.Compare(lots[a.Name], lots[b.Name]) })
	names := make([]string, len(drawn))
	for i, p := range drawn {
		names[i] = p.Name
	}
	return names
}

// score is the arrival of a provider that comes as often as it weighs: the least
// of several is each one's with the share of its weight.
func score(p policy.Provider, seed string) float64 {
	if p.Weight == 0 {
		return math.Inf(1)
	}
	sum := sha256.Sum256([]byte(seed + "|" + p.Name))
	const places = 53 // of a float64
	u := (float64(binary.BigEndian.Uint64(sum[:])>>(64-places)) + 0.5) / (1 << places)
	return -math.Log(u) / float64(p.Weight)
}

func (s *Service) configured(kind policy.CheckKind, name string) bool {
	var there bool
	switch kind {
	case policy.Face:
		_, there = s.deps.Faces[name]
	case policy.BankCard:
		_, there = s.deps.BankCards[name]
	case policy.FourElements:
		_, there = s.deps.FourElements[name]
	case policy.DocumentCheck:
		_, there = s.deps.Documents[name]
	}
	return there
}

// UnservedRoutes lists the routes of configured channels that the policy has no configured
// provider for: who comes by one of them is sent to the window.
func (s *Service) UnservedRoutes() []policy.Route {
	var gaps []policy.Route
	for _, channel := range s.deps.Channels {
		for _, document := range identity.DocumentTypes() {
			for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
				if r := (policy.Route{Purpose: purpose, Document: document, Channel: channel}); !s.served(r) {
					gaps = append(gaps, r)
				}
			}
		}
	}
	return gaps
}

func (s *Service) served(r policy.Route) bool {
	steps, known := s.deps.Policy.Steps(r)
	for _, step := range steps {
		known = known && slices.ContainsFunc(s.deps.Policy.Providers(r, step.Check), func(p policy.Provider) bool {
			return s.configured(step.Check, p.Name)
		})
	}
	return known
}
