package verification_test

import (
	"renzheng/verification"
)

// advised lists where the remedies of a failure lead. Only the window is free;
// support is a person to talk to, no end.
func (g *graph) advised(n graphNode) []graphEdge {
	var edges []graphEdge
	for _, remedy := range g.entry(n.failure).Remedies {
		switch remedy.Kind {
		case verification.ServiceWindow:
			edges = append(edges, graphEdge{to: graphNode{end: window}, free: true})
		case verification.RetryNow, verification.RetryBetterLight, verification.RetryFinish, verification.AllowCamera,
			verification.CheckNetwork, verification.RestartApp, verification.RefreshPage, verification.WaitResult,
			verification.OpenInApp, verification.UpdateApp:
			edges = append(edges, graphEdge{to: n.step(), same: true})
		case verification.CheckInput, verification.CheckSpelling, verification.CheckNumber, verification.CheckValidity,
			verification.ChooseType, verification.PhotoAgain:
			edges = append(edges, graphEdge{to: g.start(n.route, n.situation, n.limit)})
		case verification.OtherCard, verification.OtherPhone, verification.AskBank:
			edges = append(edges, g.otherCard(n))
		case verification.UseOwnAccount:
			edges = append(edges, graphEdge{to: g.start(n.route, n.situation, fresh)})
		case verification.OtherMethod:
			edges = append(edges, g.otherMethods(n)...)
		case verification.RetryLater:
			later := n.step()
			later.situation, later.limit = inService, fresh
			edges = append(edges, graphEdge{to: later})
		case verification.TechnicalSupport:
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
