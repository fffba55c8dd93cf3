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
	return policy.Route{Purpose: v.Purpose.Route(), Document: v.Document.Type, Channel: v.Channel}
}

// providerChoice is the providers that may do a check of a verification.
type providerChoice struct {
	providers []string      // the chosen one first, then those for failover
	note      identity.Text // the operator's text on the chosen one; zero unless it is degraded
}

// chooseProvider returns the providers for a check of v: by weight among those that
// are configured and switched on, or by the same rule among the degraded if none is
// on. A check without a provider is never skipped (R15).
//
// *RejectedError: check_switched_off with the operator's text if only a switch
// prevents the check, otherwise route_missing.
func (s *Service) chooseProvider(ctx context.Context, v Verification, kind policy.CheckKind) (providerChoice, error) {
	board, err := s.switches.Read(ctx, s.now())
	if err != nil {
		return providerChoice{}, err
	}
	configured := slices.DeleteFunc(s.policyOf(v).Providers(routeOf(v), kind), func(p policy.Provider) bool {
		return !s.configured(kind, p.Name)
	})
	return choose(configured, kind, board, v.ID+"|"+string(kind))
}

// choose is chooseProvider among the configured providers.
func choose(configured []policy.Provider, kind policy.CheckKind, board policy.Switches, seed string) (providerChoice, error) {
	rejected := &RejectedError{Code: failure.RouteMissing}
	var on, degraded []policy.Provider
	for _, p := range configured {
		switch current := board.Of(kind, p.Name); current.State {
		case policy.Off:
			if rejected.Code == failure.RouteMissing {
				rejected = &RejectedError{Code: failure.CheckSwitchedOff, Note: current.Text, Until: current.Until}
			}
		case policy.Degraded:
			degraded = append(degraded, p)
		case policy.On:
			on = append(on, p)
		}
	}
	chosen := append(ranked(on, seed), ranked(degraded, seed)...)
	if len(chosen) == 0 {
		return providerChoice{}, rejected
	}
	return providerChoice{providers: chosen, note: board.Of(kind, chosen[0]).Text}, nil
}

// ranked orders providers by weighted rendezvous hashing: each comes first with the
// share of its weight. Those without weight come last, in the order of the policy.
// The seed is the random id of the verification, so every replica chooses the
// provider that the person was shown. A provider that is removed changes the choice
// only of those verifications that it had.
func ranked(providers []policy.Provider, seed string) []string {
	scores := make(map[string]float64, len(providers))
	for _, p := range providers {
		scores[p.Name] = score(p, seed)
	}
	ranking := slices.Clone(providers)
	slices.SortStableFunc(ranking, func(a, b policy.Provider) int { return cmp.Compare(scores[a.Name], scores[b.Name]) })
	names := make([]string, len(ranking))
	for i, p := range ranking {
		names[i] = p.Name
	}
	return names
}

// score returns an exponentially distributed value for a provider, with its weight as
// the rate. The lowest of several belongs to each provider with the share of its
// weight.
func score(p policy.Provider, seed string) float64 {
	if p.Weight == 0 {
		return math.Inf(1)
	}
	sum := sha256.Sum256([]byte(seed + "|" + p.Name))
	const bits = 53 // of the mantissa of a float64
	u := (float64(binary.BigEndian.Uint64(sum[:])>>(64-bits)) + 0.5) / (1 << bits)
	return -math.Log(u) / float64(p.Weight)
}

func (s *Service) configured(kind policy.CheckKind, name string) bool {
	var ok bool
	switch kind {
	case policy.Face:
		_, ok = s.deps.Faces[name]
	case policy.BankCard:
		_, ok = s.deps.BankCards[name]
	case policy.FourElements:
		_, ok = s.deps.FourElements[name]
	case policy.DocumentCheck:
		_, ok = s.deps.Documents[name]
	}
	return ok
}

// UnservedRoutes returns the routes of configured channels for which the policy has
// no configured provider. Persons on such a route are sent to the window.
func (s *Service) UnservedRoutes() []policy.Route {
	var unserved []policy.Route
	for _, channel := range s.deps.Channels {
		for _, document := range identity.DocumentTypes() {
			for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
				if r := (policy.Route{Purpose: purpose, Document: document, Channel: channel}); !s.served(r) {
					unserved = append(unserved, r)
				}
			}
		}
	}
	return unserved
}

func (s *Service) served(r policy.Route) bool {
	p := s.Policy()
	steps, ok := p.Steps(r)
	for _, step := range steps {
		ok = ok && slices.ContainsFunc(p.Providers(r, step.Check), func(p policy.Provider) bool {
			return s.configured(step.Check, p.Name)
		})
	}
	return ok
}
