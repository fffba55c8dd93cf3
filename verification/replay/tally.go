package replay

import (
	"math"

	"renzheng/verification/policy"
)

type persons map[key]struct{}

// tally is what is counted of a group.
type tally struct {
	verifications, passed  int
	persons                persons
	stopped, stoppedHigh   persons
	admitted, admittedHigh persons
	asked                  persons // persons who passed and would have had an added check
	added                  map[policy.CheckKind]bool
	calls, unpriced        int
	callsThen              Range
	cost                   int64
	costThen               Cost
}

func newTally() *tally {
	return &tally{
		persons: persons{}, stopped: persons{}, stoppedHigh: persons{}, admitted: persons{}, admittedHigh: persons{}, asked: persons{},
		added: map[policy.CheckKind]bool{},
	}
}

func (t *tally) begin(v Verification) {
	t.verifications++
	t.persons[keyOf(v.SubjectID)] = struct{}{}
	if v.Passed {
		t.passed++
	}
}

// group returns the numbers without those of too few persons.
func (t *tally) group(k groupKey, miss float64) Group {
	g := Group{
		Channel: k.channel, Purpose: k.purpose, Document: k.document, Verifications: t.verifications, Passed: t.passed, Persons: len(t.persons),
		Stopped: Range{hidden(len(t.stopped)), hidden(len(t.stoppedHigh))}, Estimate: Unknown,
		Admitted: Range{hidden(len(t.admitted)), hidden(len(t.admittedHigh))},
		Calls:    t.calls, CallsThen: t.callsThen, Cost: t.cost, CostThen: t.costThen, Unpriced: t.unpriced,
	}
	if len(t.asked) > 0 && miss != Unknown {
		g.Estimate = hidden(len(t.stopped) + int(math.Round(float64(len(t.asked))*miss)))
	}
	return g
}
