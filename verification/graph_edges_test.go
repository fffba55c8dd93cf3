package verification_test

import (
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// graph is the product that is searched: what the mutants break.
type graph struct {
	entries []failure.Entry
	policy  *policy.Policy
	notices *notice.Set
	limits  policy.Limits
	sources *policy.SourceRules

	judged map[graphJudgement]verification.Attempt // what the real functions conclude, kept
	served []graphNode                             // starts of the routes that the policy has, kept by a search
}

type graphJudgement struct {
	check policy.CheckKind
	code  failure.Code
}

// entry is Lookup in the graph's catalogue.
func (g *graph) entry(code failure.Code) failure.Entry {
	for _, e := range g.entries {
		if e.Code == code {
			return e
		}
	}
	return failure.Entry{Code: code}
}

// routes lists every combination that a person may come with.
func graphRoutes() []policy.Route {
	var routes []policy.Route
	for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
		for _, document := range identity.DocumentTypes() {
			for _, channel := range []string{"alipay", "wechat", "web"} {
				routes = append(routes, policy.Route{Purpose: purpose, Document: document, Channel: channel})
			}
		}
	}
	return routes
}

// start is where a person begins a route.
func (g *graph) start(r policy.Route, situation, limit string) graphNode {
	n := graphNode{route: r, check: policy.Face, situation: situation, limit: limit}
	if steps, ok := g.policy.Steps(r); ok {
		n.check = steps[0].Check
	}
	return n
}

// starts lists where people begin, whatever happened before.
func (g *graph) starts() []graphNode {
	var nodes []graphNode
	for _, r := range graphRoutes() {
		for _, situation := range []string{inService, degraded, outOfService, notConfigured} {
			for _, limit := range []string{fresh, lastTry, usedUp, startsUp, othersUp, peopleUp} {
				nodes = append(nodes, g.start(r, situation, limit))
			}
		}
	}
	return nodes
}

// servedStarts are those of the routes that the policy has.
func (g *graph) servedStarts() []graphNode {
	var nodes []graphNode
	for _, r := range graphRoutes() {
		if _, served := g.policy.Steps(r); served {
			nodes = append(nodes, g.start(r, inService, fresh))
		}
	}
	return nodes
}

// refusal says why nobody can do the check at a node, "" where somebody can.
func (g *graph) refusal(n graphNode) failure.Code {
	providers := g.policy.Providers(n.route, n.check)
	if n.situation == notConfigured {
		providers = nil
	}
	all := map[string][]policy.Switch{
		degraded:     {{Check: n.check, Provider: policy.EveryProvider, State: policy.Degraded}},
		outOfService: {{Check: n.check, Provider: policy.EveryProvider, State: policy.Off}},
	}
	_, _, err := verification.Choose(providers, n.check, all[n.situation], graphNow())
	return rejectionCode(err)
}

// edges lists where a node leads.
func (g *graph) edges(n graphNode) []graphEdge {
	switch {
	case n.end != "":
		return nil
	case n.failure != "":
		return g.advised(n)
	}
	if code := g.refusal(n); code != "" {
		return []graphEdge{{n.failed(code), true, true}}
	}
	steps, _ := g.policy.Steps(n.route)
	v := n.verification(steps)
	var edges []graphEdge
	for _, shown := range verification.RequiredNotices(g.notices, v, n.check) {
		if shown.Parts.WayWithoutFace != "" {
			edges = append(edges, graphEdge{to: graphNode{end: window}, free: true})
		}
	}
	if none := g.exhausted(n, v); none != nil {
		return append(edges, graphEdge{n.failed(none.Failure()), true, true})
	}
	if verification.Allows(v, n.check) != nil {
		return edges
	}
	return append(edges, g.tried(n, v)...)
}

// tried lists how one try of a node's check may end.
func (g *graph) tried(n graphNode, v verification.Verification) []graphEdge {
	edges := []graphEdge{{to: n.failed(failure.ResultPending)}}
	if n.check == policy.Face {
		edges = append(edges, graphEdge{to: n.failed(failure.FaceCancelled), free: true})
	}
	own := verification.QuotasOf(g.limits, v, n.check)[0].Limit
	for _, entry := range g.entries {
		a := g.judge(n.check, entry.Code)
		next := n
		next.limit = n.after(a.Counted, own)
		left := g.tries(next, v)
		out := verification.SettlementOf(verification.Pending{Attempt: a, Verification: v}, a, left, nil)
		edges = append(edges, graphEdge{to: next.failed(a.Failure)}, graphEdge{to: n.failed(a.Failure)}) // counted, or not although it could be
		shown := verification.NextFailure(verification.Check{Kind: n.check, State: out.Check, Failure: a.Failure}, left, nil)
		if shown != nil {
			edges = append(edges, graphEdge{to: next.failed(shown.Code)})
		}
	}
	return append(edges, graphEdge{to: g.passed(n, v)})
}

// judge returns the attempt as a provider's failure ends it.
func (g *graph) judge(check policy.CheckKind, code failure.Code) verification.Attempt {
	key := graphJudgement{check, code}
	if a, ok := g.judged[key]; ok {
		return a
	}
	a := verification.Attempt{
		ID: "att_1", Check: check, State: verification.AttemptOpen,
		StartedAt: graphNow(), ExpiresAt: graphNow().Add(time.Minute),
	}
	pending := verification.Pending{Attempt: a, Verification: verification.Verification{State: verification.Open}}
	a = verification.Conclude(pending, code, graphNow())
	g.judged[key] = a
	return a
}

// passed is where a pass leads: to the next check, or to the end.
func (g *graph) passed(n graphNode, v verification.Verification) graphNode {
	a := verification.Attempt{Check: n.check, State: verification.AttemptPassed, SettledAt: graphNow()}
	out := verification.SettlementOf(verification.Pending{Attempt: a, Verification: v}, a, policy.Tries{}, nil)
	if out.Verification != "" {
		return graphNode{end: done}
	}
	at := slices.IndexFunc(v.Checks, func(c verification.Check) bool { return c.Kind == n.check })
	n.check, n.limit = v.Checks[at+1].Kind, fresh
	return n
}
