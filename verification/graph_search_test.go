package verification_test

import (
	"fmt"
	"slices"

	"renzheng/verification/policy"
)

const near = 3 // steps: to leave, to read why, to take the advice

func isFree(e graphEdge) bool { return e.free }

func isSame(e graphEdge) bool { return e.same }

// graphFound is what a search has found.
type graphFound struct {
	states   int
	deadEnds []string // no end without face, bank card or another try
	loops    []string // an advice that leads back where nothing has changed
	untimed  []string // used up, and nobody says until when
}

// search looks at every state that a person can come to.
func (g *graph) search() graphFound {
	known := map[graphNode][]graphEdge{}
	g.served = g.servedStarts()
	queue := g.starts()
	for len(queue) > 0 {
		n := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if _, seen := known[n]; seen {
			continue
		}
		known[n] = g.edges(n)
		if n.check != policy.Face && n.failure == "" && n.limit == fresh {
			known[n] = append(known[n], g.spoiled(n)...)
		}
		for _, e := range known[n] {
			queue = append(queue, e.to)
		}
	}
	found := graphFound{states: len(known)}
	for n := range known {
		if n.end == "" && !reaches(known, n, near, isFree, func(to graphNode) bool { return to.end == window }) {
			found.deadEnds = append(found.deadEnds, fmt.Sprint(n))
		}
		if n.failure != "" && reaches(known, n, near, isSame, func(to graphNode) bool { return to == n }) {
			found.loops = append(found.loops, fmt.Sprint(n))
		}
		if n.failure == "" && n.end == "" && g.untimed(n) {
			found.untimed = append(found.untimed, fmt.Sprint(n))
		}
	}
	return found
}

// spoiled brings the limits of a check that is not the first.
func (*graph) spoiled(n graphNode) []graphEdge {
	var edges []graphEdge
	for _, limit := range []string{lastTry, usedUp, startsUp, othersUp, cardUp, sourceUp} {
		to := n
		to.limit = limit
		edges = append(edges, graphEdge{to: to})
	}
	return edges
}

// untimed reports whether a person has no try and no time to come back.
func (g *graph) untimed(n graphNode) bool {
	steps, _ := g.policy.Steps(n.route)
	v := n.verification(steps)
	tries := g.tries(n, v)
	none := g.exhausted(n, v)
	return tries.Left == 0 && !tries.NextAt.After(graphNow()) || none != nil && !none.NextAt.After(graphNow())
}

// reaches reports whether a node is at most some steps away by edges of one sort.
func reaches(known map[graphNode][]graphEdge, from graphNode, steps int, by func(graphEdge) bool, is func(graphNode) bool) bool {
	return steps > 0 && slices.ContainsFunc(known[from], func(e graphEdge) bool {
		return by(e) && (is(e.to) || reaches(known, e.to, steps-1, by, is))
	})
}
