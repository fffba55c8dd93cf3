package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/operations"
)

var _ operations.FunnelStore = (*Store)(nil)

const (
	// begunIn are the verifications that were begun in a period, by the index of the retention: none passes before it was begun.
	begunIn = `(SELECT id, channel, purpose, passed_at FROM verifications WHERE passed_at = 0 AND created_at >= ? AND created_at < ?
		UNION ALL SELECT id, channel, purpose, passed_at FROM verifications WHERE passed_at > 0 AND passed_at >= ? AND created_at >= ? AND created_at < ?) v`
	countBegun = `SELECT v.channel, v.purpose, COUNT(*) AS n, SUM(CASE WHEN v.passed_at > 0 THEN 1 ELSE 0 END) AS passed
		FROM ` + begunIn + ` GROUP BY v.channel, v.purpose`
	// countReached leaves out the checks that follow one that has not passed: their persons never got there.
	countReached = `SELECT v.channel, v.purpose, c.position, c.kind, c.state, c.failure, COUNT(*) AS n
		FROM ` + begunIn + ` JOIN checks c ON c.verification_id = v.id
		WHERE NOT EXISTS (SELECT 1 FROM checks e WHERE e.verification_id = v.id AND e.position < c.position AND e.state NOT IN ('passed', 'skipped'))
		GROUP BY v.channel, v.purpose, c.position, c.kind, c.state, c.failure`
)

// begunArgs are the arguments of begunIn.
func begunArgs(since, until time.Time) []any {
	return []any{ms(since), ms(until), ms(since), ms(since), ms(until)}
}

// CountBegun implements [operations.FunnelStore].
func (s *Store) CountBegun(ctx context.Context, since, until time.Time) ([]operations.VerificationCount, error) {
	var rows []struct {
		Channel string `db:"channel"`
		Purpose string `db:"purpose"`
		N       int    `db:"n"`
		Passed  int    `db:"passed"`
	}
	if err := s.read.SelectContext(ctx, &rows, countBegun, begunArgs(since, until)...); err != nil {
		return nil, fmt.Errorf("counting verifications: %w", err)
	}
	found := make([]operations.VerificationCount, len(rows))
	for i, r := range rows {
		found[i] = operations.VerificationCount{Channel: r.Channel, Purpose: r.Purpose, Count: r.N, Passed: r.Passed}
	}
	return found, nil
}

// CountReached implements [operations.FunnelStore].
func (s *Store) CountReached(ctx context.Context, since, until time.Time) ([]operations.CheckCount, error) {
	var rows []struct {
		Channel  string `db:"channel"`
		Purpose  string `db:"purpose"`
		Position int    `db:"position"`
		Kind     string `db:"kind"`
		State    string `db:"state"`
		Failure  string `db:"failure"`
		N        int    `db:"n"`
	}
	if err := s.read.SelectContext(ctx, &rows, countReached, begunArgs(since, until)...); err != nil {
		return nil, fmt.Errorf("counting checks: %w", err)
	}
	found := make([]operations.CheckCount, len(rows))
	for i, r := range rows {
		found[i] = operations.CheckCount{
			Channel: r.Channel, Purpose: r.Purpose, Position: r.Position, Check: r.Kind, State: r.State, Failure: r.Failure, Count: r.N,
		}
	}
	return found, nil
}
