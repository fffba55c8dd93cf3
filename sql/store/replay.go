package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

var _ replay.Store = (*Store)(nil)

// replayBatch is how many verifications are read at a time.
const replayBatch = 500

// CountVerifications implements [replay.Store].
func (s *Store) CountVerifications(ctx context.Context, since, until time.Time) (int, error) {
	var n int
	if err := s.read.GetContext(ctx, &n, "SELECT COUNT(*) FROM verifications WHERE created_at >= ? AND created_at < ?", ms(since), ms(until)); err != nil {
		return 0, fmt.Errorf("counting verifications to replay: %w", err)
	}
	return n, nil
}

type replayRow struct {
	ID        string `db:"id"`
	AccountID string `db:"account_id"`
	SubjectID string `db:"subject_id"`
	Purpose   string `db:"purpose"`
	Channel   string `db:"channel"`
	Document  string `db:"document_type"`
	CreatedAt int64  `db:"created_at"`
	PassedAt  int64  `db:"passed_at"`
}

// EachVerifications implements [replay.Store].
func (s *Store) EachVerifications(ctx context.Context, since, until time.Time, do func([]replay.Verification) error) error {
	at, id := ms(since), ""
	for {
		var rows []replayRow
		err := s.read.SelectContext(ctx, &rows, `SELECT id, account_id, subject_id, purpose, channel, document_type, created_at, passed_at FROM verifications
			WHERE created_at >= ? AND (created_at > ? OR id > ?) AND created_at < ? ORDER BY created_at, id LIMIT ?`, at, at, id, ms(until), replayBatch)
		if err != nil {
			return fmt.Errorf("reading verifications to replay: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		some, err := s.replayed(ctx, rows)
		if err == nil {
			err = do(some)
		}
		if err != nil {
			return err
		}
		at, id = rows[len(rows)-1].CreatedAt, rows[len(rows)-1].ID
	}
}

// replayed returns verifications with their checks and attempts.
func (s *Store) replayed(ctx context.Context, rows []replayRow) ([]replay.Verification, error) {
	some, place, ids := make([]replay.Verification, len(rows)), map[string]int{}, make([]string, len(rows))
	for i, r := range rows {
		some[i] = replay.Verification{
			ID: r.ID, AccountID: r.AccountID, SubjectID: r.SubjectID, Purpose: policy.Purpose(r.Purpose), Channel: r.Channel,
			Document: identity.DocumentType(r.Document), CreatedAt: fromMs(r.CreatedAt), Passed: r.PassedAt > 0,
		}
		place[r.ID], ids[i] = i, r.ID
	}
	var checks []struct {
		ID    string `db:"verification_id"`
		Kind  string `db:"kind"`
		State string `db:"state"`
	}
	query, args, err := sqlx.In("SELECT verification_id, kind, state FROM checks WHERE verification_id IN (?) ORDER BY verification_id, position", ids)
	if err == nil {
		err = s.read.SelectContext(ctx, &checks, query, args...)
	}
	if err != nil {
		return nil, fmt.Errorf("reading checks to replay: %w", err)
	}
	for _, c := range checks {
		v := &some[place[c.ID]]
		v.Checks = append(v.Checks, replay.Check{Kind: policy.CheckKind(c.Kind), Done: c.State == "passed" || c.State == "skipped"})
	}
	return some, s.replayedAttempts(ctx, some, place, ids)
}

// replayedAttempts adds the attempts.
func (s *Store) replayedAttempts(ctx context.Context, some []replay.Verification, place map[string]int, ids []string) error {
	var attempts []struct {
		ID        string `db:"verification_id"`
		Kind      string `db:"kind"`
		Provider  string `db:"provider"`
		Counted   bool   `db:"counted"`
		StartedAt int64  `db:"started_at"`
	}
	query, args, err := sqlx.In(`SELECT verification_id, kind, provider, counted, started_at FROM attempts WHERE verification_id IN (?)
		ORDER BY verification_id, started_at`, ids)
	if err == nil {
		err = s.read.SelectContext(ctx, &attempts, query, args...)
	}
	if err != nil {
		return fmt.Errorf("reading attempts to replay: %w", err)
	}
	for _, a := range attempts {
		v := &some[place[a.ID]]
		v.Attempts = append(v.Attempts, replay.Attempt{Kind: policy.CheckKind(a.Kind), Provider: a.Provider, Counted: a.Counted, StartedAt: fromMs(a.StartedAt)})
	}
	return nil
}
