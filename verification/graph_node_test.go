package verification_test

import (
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// How the server stands in a state of the graph.
const (
	inService     = "in service"
	degraded      = "degraded"
	outOfService  = "switched off"
	notConfigured = "not configured"
)

// How the limits stand.
const (
	fresh    = "fresh"
	lastTry  = "last try"
	usedUp   = "used up"   // the person's own tries
	startsUp = "starts up" // however they ended
	othersUp = "others up" // what other people used up too
	cardUp   = "card up"   // the card networks' rule
	sourceUp = "source up" // the sources' own rules, or their lock
	peopleUp = "people up" // persons of this account
)

// The ends.
const (
	window = "window" // needs neither face nor bank card
	done   = "done"
)

// graphNode is a state of a person on the way: about to do a check, in front of
// a failure, or at an end.
type graphNode struct {
	end       string
	route     policy.Route
	check     policy.CheckKind
	situation string
	limit     string
	failure   failure.Code // "" = about to do the check
}

// graphEdge leads on. Free: it takes neither face nor bank card nor another
// try. Same: nothing has changed on the way, so that coming back is a loop.
type graphEdge struct {
	to         graphNode
	free, same bool
}

// at is the step of a node.
func (n graphNode) step() graphNode {
	n.failure = ""
	return n
}

func (n graphNode) failed(code failure.Code) graphNode {
	n.failure = code
	return n
}

// verification is one that stands before the node's check.
func (n graphNode) verification(steps []policy.Step) verification.Verification {
	v := verification.Verification{
		ID: "ver_1", AccountID: "acc_1", SubjectID: "sub_1", State: verification.Open,
		Purpose: n.route.Purpose, Channel: n.route.Channel, Document: identity.Document{Type: n.route.Document},
	}
	state := verification.CheckPassed
	for _, step := range steps {
		if step.Check == n.check {
			state = verification.CheckPending
		}
		v.Checks = append(v.Checks, verification.Check{Kind: step.Check, State: state})
	}
	return v
}

// graphNow is when everything happens.
func graphNow() time.Time { return time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC) }

// quotas returns the quotas of a try of the node's check, and how much of
// it is used.
func (g *graph) budgets(n graphNode, v verification.Verification) ([]policy.Quota, []policy.QuotaState) {
	budgets := verification.QuotasOf(g.limits, v, n.check)
	provider := "nobody"
	if providers := g.policy.Providers(n.route, n.check); len(providers) > 0 {
		provider = providers[0].Name
	}
	budgets = append(budgets, verification.SourceQuotas(g.sources, provider, v, n.check, graphNow())...)
	states := make([]policy.QuotaState, len(budgets))
	for i, b := range budgets {
		used := 0
		switch {
		case b.Source != "":
			if n.limit == sourceUp {
				used = b.Limit
			}
		case b.ByCard && n.limit == cardUp, b.Hidden && n.limit == othersUp, b.Keep && !b.ByCard && n.limit == startsUp:
			used = b.Limit
		case i == 0 && n.limit == usedUp: // the own one comes first
			used = b.Limit
		case i == 0 && n.limit == lastTry:
			used = b.Limit - 1
		}
		if used > 0 {
			states[i] = policy.QuotaState{Used: used, EndsAt: graphNow().Add(b.Window)}
		}
	}
	return budgets, states
}

// tries is what the person is told at a node.
func (g *graph) tries(n graphNode, v verification.Verification) policy.Tries {
	budgets, states := g.budgets(n, v)
	var ownStates []policy.QuotaState
	for i, b := range budgets {
		if !b.Hidden && !b.ByCard && b.Source == "" {
			ownStates = append(ownStates, states[i])
		}
	}
	return verification.TriesOf(verification.Own(slices.Clone(budgets)), ownStates, graphNow())
}

// exhausted is the refusal of a try at a node, nil where one is left.
func (g *graph) exhausted(n graphNode, v verification.Verification) *verification.ExhaustedError {
	if n.limit == peopleUp {
		b := verification.SubjectsQuota(g.limits, v.AccountID, graphNow())
		return &verification.ExhaustedError{Quota: b, NextAt: graphNow().Add(b.Window)}
	}
	budgets, states := g.budgets(n, v)
	for i, b := range budgets {
		if states[i].Used >= b.Limit {
			none := &verification.ExhaustedError{Quota: b, NextAt: states[i].EndsAt}
			return verification.Exhausted(none, graphNow())
		}
	}
	return nil
}

// after is the limit after a try that counts or does not.
func (n graphNode) after(counted bool, own int) string {
	switch {
	case !counted:
		return n.limit
	case n.limit == fresh && own > 1:
		return lastTry
	}
	return usedUp
}
