package operations

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// VerificationCount counts the verifications of one channel and purpose that were begun, and those of them that passed.
type VerificationCount struct {
	Channel string
	Purpose string
	Count   int // of all
	Passed  int
}

// CheckCount counts the checks that were reached of one channel and purpose that are in the same state for the same reason.
type CheckCount struct {
	Channel  string
	Purpose  string
	Position int // in the verification, from 0; it may differ by document
	Check    string
	State    string
	Failure  string // of the last attempt; "" if it passed or there was none
	Count    int
}

// FunnelStore counts verifications without their ids. Safe for concurrent use.
type FunnelStore interface {
	// CountBegun counts the verifications that were begun in [since, until).
	CountBegun(ctx context.Context, since, until time.Time) ([]VerificationCount, error)
	// CountReached counts those checks of these verifications whose earlier checks have all passed or were skipped.
	CountReached(ctx context.Context, since, until time.Time) ([]CheckCount, error)
}

// Stage is one step of a flow.
type Stage struct {
	Name    string // StageBegun, a kind of check, or StageDone
	Entered int    // verifications that got as far as this step
	Passed  int
	Reasons []Reason // why others did not pass, the most frequent first
}

// Reason is how often one failure or problem occurred.
type Reason struct {
	Failure string // code of the catalogue, or of a problem in OperationUse; ReasonLeft if nothing failed and the person did not go on
	Count   int
}

// Flow is the funnel of one channel and purpose.
type Flow struct {
	Channel string
	Purpose string
	Stages  []Stage // StageBegun, the checks in their order, StageDone
}

// The names of the first and the last stage, and the reason of those who did not go on.
const (
	StageBegun = "begun"
	StageDone  = "done"
	ReasonLeft = "left"
)

// MaxFunnel is the longest period of a funnel. It is bounded because every verification of the period is read.
const MaxFunnel = 31 * 24 * time.Hour

// ErrPeriod reports that a period is empty or longer than MaxFunnel.
var ErrPeriod = errors.New("the period is empty or too long")

// Funnel returns how far the verifications that were begun in [since, until) got, by channel and purpose. Errors: ErrPeriod.
func Funnel(ctx context.Context, s FunnelStore, since, until time.Time) ([]Flow, error) {
	if !since.Before(until) || until.Sub(since) > MaxFunnel {
		return nil, ErrPeriod
	}
	begun, err := s.CountBegun(ctx, since, until)
	if err != nil {
		return nil, fmt.Errorf("counting verifications: %w", err)
	}
	reached, err := s.CountReached(ctx, since, until)
	if err != nil {
		return nil, fmt.Errorf("counting checks: %w", err)
	}
	flows := make([]Flow, len(begun))
	for i, b := range begun {
		ofFlow := slices.DeleteFunc(slices.Clone(reached), func(r CheckCount) bool { return r.Channel != b.Channel || r.Purpose != b.Purpose })
		flows[i] = Flow{Channel: b.Channel, Purpose: b.Purpose, Stages: stages(b, ofFlow)}
	}
	slices.SortFunc(flows, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Purpose, b.Purpose))
	})
	return flows, nil
}

func stages(b VerificationCount, reached []CheckCount) []Stage {
	slices.SortStableFunc(reached, func(x, y CheckCount) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.Check, y.Check))
	})
	all := []Stage{{Name: StageBegun, Entered: b.Count, Passed: b.Count}}
	for _, r := range reached {
		at := slices.IndexFunc(all, func(s Stage) bool { return s.Name == r.Check })
		if at < 0 {
			all = append(all, Stage{Name: r.Check})
			at = len(all) - 1
		}
		all[at].add(r)
	}
	for i := range all {
		slices.SortFunc(all[i].Reasons, func(x, y Reason) int {
			return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Failure, y.Failure))
		})
	}
	return append(all, Stage{Name: StageDone, Entered: b.Passed, Passed: b.Passed})
}

// add counts checks. A skipped check counts as passed, because an earlier verification had passed it.
func (s *Stage) add(r CheckCount) {
	s.Entered += r.Count
	if r.State == "passed" || r.State == "skipped" {
		s.Passed += r.Count
		return
	}
	reason := cmp.Or(r.Failure, ReasonLeft)
	at := slices.IndexFunc(s.Reasons, func(other Reason) bool { return other.Failure == reason })
	if at < 0 {
		s.Reasons = append(s.Reasons, Reason{Failure: reason, Count: r.Count})
		return
	}
	s.Reasons[at].Count += r.Count
}
