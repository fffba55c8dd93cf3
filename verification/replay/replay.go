package replay

import (
	"cmp"
	"slices"
	"time"

	"renzheng/verification/policy"
)

// Rules are what a verification depends on.
type Rules struct {
	Policy *policy.Policy
	Limits policy.Limits
}

// Replay replays verifications one after the other. Its memory is bounded by the persons of a period and the windows that run at
// a time, at some dozen bytes for each. Not for concurrent use.
type Replay struct {
	before, after Rules
	prices        Prices
	now, then     counters
	groups        map[groupKey]*tally
	rates         map[rateKey]rate
	seen          int
}

type groupKey struct{ channel, purpose, document string }

type rateKey struct {
	channel string
	kind    policy.CheckKind
}

// rate is how many verifications tried a check, and how many passed it.
type rate struct{ tried, passed int }

// New returns a Replay of what happened under before, to find out what would have under after.
func New(before, after Rules, prices Prices) *Replay {
	return &Replay{
		before: before, after: after, prices: prices,
		now: counters{before.Limits, map[key]quotaWindow{}}, then: counters{after.Limits, map[key]quotaWindow{}},
		groups: map[groupKey]*tally{}, rates: map[rateKey]rate{},
	}
}

// forgetAfter is how many verifications are replayed before windows that have ended are forgotten.
const forgetAfter = 10000

// Add replays a verification. The oldest comes first.
func (r *Replay) Add(v Verification) {
	k := groupKey{v.Channel, string(v.Purpose), string(v.Document)}
	t := r.groups[k]
	if t == nil {
		t = newTally()
		r.groups[k] = t
	}
	t.begin(v)
	r.observe(v)
	made := r.replayAttempts(t, v)
	r.countCalls(t, v, made)
	if r.seen++; r.seen%forgetAfter == 0 {
		r.now.forget(v.CreatedAt)
		r.then.forget(v.CreatedAt)
	}
}

// observe counts how often checks pass.
func (r *Replay) observe(v Verification) {
	for _, c := range v.Checks {
		if slices.ContainsFunc(v.Attempts, func(a Attempt) bool { return a.Kind == c.Kind }) {
			k := rateKey{v.Channel, c.Kind}
			seen := r.rates[k]
			seen.tried++
			if c.Done {
				seen.passed++
			}
			r.rates[k] = seen
		}
	}
}

// replayAttempts replays the attempts against both limits, and returns how many of them would have been made before the first that would
// have been rejected.
func (r *Replay) replayAttempts(t *tally, v Verification) (made int) {
	made = len(v.Attempts)
	person := keyOf(v.SubjectID)
	for i, a := range v.Attempts {
		quotas := r.now.quotas(v, a)
		wasAdmitted := r.now.admits(quotas, a.StartedAt)
		usedUp := r.now.take(quotas, a)
		if extra := r.then.limits.Of(a.Kind).Own.Tries - r.now.limits.Of(a.Kind).Own.Tries; usedUp && extra > 0 && !v.Passed {
			t.admittedHigh[person] = struct{}{}
			price := r.prices[a.Kind][a.Provider]
			t.call(Range{0, extra}, Cost{price, price})
		}
		if i >= made {
			continue
		}
		quotas = r.then.quotas(v, a)
		if !r.then.admits(quotas, a.StartedAt) && wasAdmitted {
			made = i
			if v.Passed {
				t.stopped[person], t.stoppedHigh[person] = struct{}{}, struct{}{}
			}
			continue
		}
		r.then.take(quotas, a)
	}
	return made
}

// Result returns what was found in a period.
func (r *Replay) Result(since, until time.Time) Result {
	result := Result{Since: since, Until: until}
	for k, t := range r.groups {
		if len(t.persons) < Smallest {
			result.Hidden++
			continue
		}
		result.Groups = append(result.Groups, t.group(k, r.missRate(k.channel, t)))
	}
	slices.SortFunc(result.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Document, b.Document))
	})
	return result
}

// enough is how many verifications make a rate.
const enough = 100

// missRate returns how often one of the checks that a group would have had in addition does not pass, or Unknown.
func (r *Replay) missRate(channel string, t *tally) float64 {
	pass := 1.0
	for kind := range t.added {
		seen := r.rates[rateKey{channel, kind}]
		if seen.tried < enough {
			return Unknown
		}
		pass *= float64(seen.passed) / float64(seen.tried)
	}
	return 1 - pass
}
