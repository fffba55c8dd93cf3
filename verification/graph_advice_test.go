package verification_test

import (
	"renzheng/verification/failure"
)

// advised lists where the remedies of a failure lead. Only the window is free;
// support is a person to talk to, no end.
func (g *graph) advised(n graphNode) []graphEdge {
	var edges []graphEdge
	for _, remedy := range g.entry(n.failure).Remedies {
		switch remedy.Kind {
		case failure.ServiceWindow:
			edges = append(edges, graphEdge{to: graphNode{end: window}, free: true})
		case failure.RetryNow, failure.RetryBetterLight, failure.RetryFinish, failure.AllowCamera,
			failure.CheckNetwork, failure.RestartApp, failure.RefreshPage, failure.WaitResult,
			failure.OpenInApp, failure.UpdateApp:
			edges = append(edges, graphEdge{to: n.step(), same: true})
		case failure.CheckInput, failure.CheckSpelling, failure.CheckNumber, failure.CheckValidity,
			failure.ChooseType, failure.PhotoAgain:
			edges = append(edges, graphEdge{to: g.start(n.route, n.situation, n.limit)})
		case failure.LiftFreeze: // the same checks, and the same route afterwards
			edges = append(edges, graphEdge{to: g.start(n.route, n.situation, n.limit)})
		case failure.OtherCard, failure.OtherPhone, failure.AskBank:
			edges = append(edges, g.otherCard(n))
		case failure.UseOwnAccount:
			edges = append(edges, graphEdge{to: g.start(n.route, n.situation, fresh)})
		case failure.OtherMethod:
			edges = append(edges, g.otherMethods(n)...)
		case failure.RetryLater:
			later := n.step()
			later.situation, later.limit = inService, fresh
			edges = append(edges, graphEdge{to: later})
		case failure.TechnicalSupport:
		}
	}
	return edges
}

// otherCard brings a card whose queries are not used up.
func (*graph) otherCard(n graphNode) graphEdge {
	with := n.step()
	if with.limit == cardUp || with.limit == sourceUp {
		with.limit = fresh
	}
	return graphEdge{to: with, same: with.limit == n.limit}
}

// otherMethods are the other documents and channels for the same purpose.
func (g *graph) otherMethods(n graphNode) []graphEdge {
	edges := make([]graphEdge, 0, len(g.served))
	for _, other := range g.served {
		if other.route != n.route && other.route.Purpose == n.route.Purpose {
			edges = append(edges, graphEdge{to: other})
		}
	}
	return edges
}
