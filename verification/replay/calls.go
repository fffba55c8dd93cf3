package replay

import (
	"slices"

	"renzheng/verification/policy"
)

// countCalls counts the calls of a verification, of which made would have been made under the limits, under the steps of both policies.
func (r *Replay) countCalls(t *tally, v Verification, made int) {
	t.calls += len(v.Attempts)
	for _, a := range v.Attempts {
		price, ok := r.prices[a.Kind][a.Provider]
		if !ok {
			t.unpriced++
		}
		t.cost += price
	}
	route := policy.Route{Purpose: v.Purpose.Route(), Document: v.Document, Channel: v.Channel}
	steps, ok := r.after.Policy.Steps(route)
	former, had := r.before.Policy.Steps(route)
	if !had || same(former, steps) {
		r.countUnchanged(t, v.Attempts, made)
		return
	}
	if !ok {
		if v.Passed { // nobody could have passed
			t.stopped[keyOf(v.SubjectID)], t.stoppedHigh[keyOf(v.SubjectID)] = struct{}{}, struct{}{}
		}
		return
	}
	r.countRerouted(t, v, made, steps)
}

func same(a, b []policy.Step) bool {
	return slices.EqualFunc(a, b, func(x, y policy.Step) bool { return x.Check == y.Check && slices.Equal(x.Providers, y.Providers) })
}

// countUnchanged counts calls that would have been the same. Those after the first that would have been rejected may have been made later.
func (r *Replay) countUnchanged(t *tally, attempts []Attempt, made int) {
	for i, a := range attempts {
		price := r.prices[a.Kind][a.Provider]
		t.call(certain(i < made), Cost{price, price})
	}
}

// certain returns the number of calls of one that was made, if it would surely have been, or may have been.
func certain(sure bool) Range { //nolint:revive // flag-parameter: one of two values
	if sure {
		return Range{1, 1}
	}
	return Range{0, 1}
}

// call counts calls of which each costs so much.
func (t *tally) call(n Range, each Cost) {
	t.callsThen.Low += n.Low
	t.callsThen.High += n.High
	t.costThen.Low += int64(n.Low) * each.Low
	t.costThen.High += int64(n.High) * each.High
}

// countRerouted counts a verification whose route would have had other steps.
func (r *Replay) countRerouted(t *tally, v Verification, made int, steps []policy.Step) {
	person, bounded := keyOf(v.SubjectID), false
	for n, a := range v.Attempts {
		i := slices.IndexFunc(steps, func(s policy.Step) bool { return s.Check == a.Kind })
		if i < 0 {
			continue // a check that would not have been done
		}
		t.call(certain(n < made), r.priceOf(steps[i]))
		bounded = bounded || !offers(steps[i], a.Provider) // how another provider would have decided is not known
	}
	missing := func(c Check) bool {
		return !c.Done && slices.ContainsFunc(steps, func(s policy.Step) bool { return s.Check == c.Kind })
	}
	added := slices.DeleteFunc(slices.Clone(steps), func(s policy.Step) bool {
		return slices.ContainsFunc(v.Checks, func(c Check) bool { return c.Kind == s.Check })
	})
	reached := made == len(v.Attempts) && !slices.ContainsFunc(v.Checks, missing)
	if reached {
		r.countAdded(t, v, added)
	}
	switch {
	case v.Passed && (bounded || len(added) > 0):
		t.stoppedHigh[person] = struct{}{}
	case !v.Passed && reached && len(v.Checks) > 0:
		t.admittedHigh[person] = struct{}{}
		if !bounded && len(added) == 0 {
			t.admitted[person] = struct{}{}
		}
	}
}

// countAdded counts checks that would have been done in addition: at least once each, if nothing stopped the person at the first, and at most up
// to their limits.
func (r *Replay) countAdded(t *tally, v Verification, added []policy.Step) {
	for i, s := range added {
		calls := Range{0, r.after.Limits.Of(s.Check).Own.Tries}
		if i == 0 {
			calls.Low = 1
		}
		t.call(calls, r.priceOf(s))
		t.added[s.Check] = true
		if v.Passed {
			t.asked[keyOf(v.SubjectID)] = struct{}{}
		}
	}
}

// offers reports whether a provider has a share of a check.
func offers(s policy.Step, provider string) bool {
	return slices.ContainsFunc(s.Providers, func(p policy.Provider) bool { return p.Name == provider })
}

// priceOf returns what one call of a check costs at least and at most.
func (r *Replay) priceOf(s policy.Step) Cost {
	var c Cost
	for i, p := range s.Providers {
		price := r.prices[s.Check][p.Name]
		if i == 0 {
			c = Cost{price, price}
		}
		c.Low, c.High = min(c.Low, price), max(c.High, price)
	}
	return c
}
