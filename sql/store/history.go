package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ verification.HistoryStore = (*Store)(nil)

// HasPassed implements [verification.HistoryStore].
func (s *Store) HasPassed(
	ctx context.Context, accountID, subjectID string, kind policy.CheckKind,
) (bool, error) {
	var passed bool
	err := s.read.GetContext(ctx, &passed, `SELECT EXISTS (SELECT 1 FROM attempts
		WHERE account_id = ? AND subject_id = ? AND kind = ? AND state = 'passed')`, accountID, subjectID, kind)
	if err != nil {
		return false, fmt.Errorf("looking for an earlier pass: %w", err)
	}
	return passed, nil
}

// RecentPass implements [verification.HistoryStore].
func (s *Store) RecentPass(
	ctx context.Context, accountID, subjectID string, kind policy.CheckKind, since time.Time,
) (verification.Attempt, error) {
	return s.attempt(ctx, selectAttempt+`WHERE a.account_id = ? AND a.subject_id = ? AND a.kind = ? AND a.state = 'passed'
		AND a.settled_at >= ? ORDER BY a.settled_at DESC, a.id LIMIT 1`, accountID, subjectID, kind, ms(since))
}
