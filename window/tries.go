package window

import (
	"context"
	"fmt"
	"time"
)

// Tries counts the tries of persons.
type Tries interface {
	// TriesLeft returns how many tries of a check an account has left as a person, and if it has none, when more are possible.
	TriesLeft(ctx context.Context, accountID, subjectID, check string) (left int, next time.Time, err error)
}

// CheckTries are the tries that are left of a check, as the person is shown them.
type CheckTries struct {
	Channel string
	Check   string
	LastAt  time.Time // of the last try
	Left    int
	NextAt  time.Time // zero while tries are left
}

// triesKey is whose tries of what are counted.
type triesKey struct{ account, subject, check string }

// triesLeft returns the tries that are left of each check that was tried.
func (s *Service) triesLeft(ctx context.Context, traces []Trace) ([]CheckTries, error) {
	if s.Tries == nil {
		return nil, nil
	}
	var all []CheckTries
	at := map[triesKey]int{}
	for _, t := range traces {
		for _, a := range t.Attempts {
			key := triesKey{t.AccountID, t.SubjectID, a.Check}
			i, ok := at[key]
			if !ok && t.SubjectID != "" {
				left, next, err := s.Tries.TriesLeft(ctx, t.AccountID, t.SubjectID, a.Check)
				if err != nil {
					return nil, fmt.Errorf("reading the tries left: %w", err)
				}
				i, ok = len(all), true
				at[key] = i
				all = append(all, CheckTries{Channel: t.Channel, Check: a.Check, Left: left, NextAt: next})
			}
			if ok && a.StartedAt.After(all[i].LastAt) {
				all[i].LastAt = a.StartedAt
			}
		}
	}
	return all, nil
}
