package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/operations"
	"renzheng/rights"
)

var _ operations.TraceStore = (*Store)(nil)

// revealedTrace is a verification with the person whose it is.
type revealedTrace struct{ verificationTraceRow }

const (
	revealedColumns = "SELECT v.id, v.session_id, v.account_id, v.channel, v.purpose, v.state, v.created_at, v.ended_at, v.subject_id FROM verifications v "
	tracedBySession = revealedColumns + "WHERE v.session_id >= ? AND v.session_id < ? ORDER BY v.created_at DESC, v.id LIMIT ?"
	tracedByID      = revealedColumns + "WHERE v.id = ? LIMIT ?"
	tracedByTicket  = revealedColumns + `JOIN support_tickets t ON t.account_id = v.account_id
		WHERE (t.id = ? OR t.code = ?) AND t.expires_at > ? AND v.created_at > ? ORDER BY v.created_at DESC, v.id LIMIT ?`
	sessionsByPrefix = `SELECT s.id, s.account_id, a.channel, s.created_at, s.revoked_at
		FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id >= ? AND s.id < ? ORDER BY s.id LIMIT ?`
)

// RevealTrace implements [operations.TraceStore].
func (s *Store) RevealTrace(ctx context.Context, a rights.StaffAccess, k operations.TraceKey) ([]operations.Trace, error) {
	var traces []operations.Trace
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		rows, err := findRevealed(ctx, tx, k, a.At)
		if err == nil {
			rows, err = s.recordTrace(ctx, tx, a, rows)
		}
		if err == nil {
			traces, err = s.revealedTraces(ctx, tx, rows)
		}
		if err == nil && len(traces) == 0 && k.SessionPrefix != "" {
			traces, err = s.revealedSessions(ctx, tx, a, k.SessionPrefix)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tracing for support: %w", err)
	}
	if len(traces) == 0 {
		return nil, operations.ErrNotFound
	}
	return traces, nil
}

func findRevealed(ctx context.Context, tx *sqlx.Tx, k operations.TraceKey, now time.Time) ([]revealedTrace, error) {
	var rows []revealedTrace
	var err error
	switch {
	case k.SessionPrefix != "":
		err = tx.SelectContext(ctx, &rows, tracedBySession, k.SessionPrefix, k.SessionPrefix+afterHex, maxTraced)
	case k.VerificationID != "":
		err = tx.SelectContext(ctx, &rows, tracedByID, k.VerificationID, 1)
	case k.Ticket != "":
		err = tx.SelectContext(ctx, &rows, tracedByTicket, k.Ticket, k.Ticket, ms(now), ms(now.Add(-tracedFor)), maxTraced)
	}
	return rows, err
}

// recordTrace records the access once for each person, with the newest verification. Verifications of a person who was erased meanwhile are left out.
func (s *Store) recordTrace(ctx context.Context, tx *sqlx.Tx, a rights.StaffAccess, rows []revealedTrace) ([]revealedTrace, error) {
	recorded := map[string]bool{}
	var shown []revealedTrace
	for _, row := range rows {
		ok, known := recorded[row.SubjectID]
		if !known {
			a.SubjectID, a.Shown, a.Reference = row.SubjectID, rights.ShownSteps, row.ID
			err := s.recordAccess(ctx, tx, a)
			if err != nil && !errors.Is(err, rights.ErrNotFound) {
				return nil, err
			}
			ok = err == nil
			recorded[row.SubjectID] = ok
		}
		if ok {
			shown = append(shown, row)
		}
	}
	return shown, nil
}

// revealedTraces returns verifications with their attempts.
func (s *Store) revealedTraces(ctx context.Context, tx *sqlx.Tx, rows []revealedTrace) ([]operations.Trace, error) {
	of := make([]verificationTraceRow, len(rows))
	for i, row := range rows {
		of[i] = row.verificationTraceRow
	}
	attempts, err := attemptTraces(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	var traces []operations.Trace
	for _, v := range of {
		t := operations.Trace{
			SessionID: v.SessionID, VerificationID: v.ID, Channel: v.Channel, Purpose: v.Purpose, State: v.State, BeganAt: fromMs(v.CreatedAt), EndedAt: fromMs(v.EndedAt),
		}
		for _, a := range attempts[v.ID] {
			t.Steps = append(t.Steps, operations.Step{
				AttemptID: a.ID, Check: a.Check, Provider: a.Provider, State: a.State, Failure: a.Failure, Counted: a.Counted, StartedAt: a.StartedAt, SettledAt: a.SettledAt,
			})
		}
		traces = append(traces, t)
	}
	return traces, nil
}

// revealedSessions returns sessions that began no verification, or none of a person who is left. The access is recorded for each.
func (s *Store) revealedSessions(ctx context.Context, tx *sqlx.Tx, a rights.StaffAccess, prefix string) ([]operations.Trace, error) {
	var sessions []sessionTraceRow
	if err := tx.SelectContext(ctx, &sessions, sessionsByPrefix, prefix, prefix+afterHex, maxTraced); err != nil {
		return nil, err
	}
	var traces []operations.Trace
	for _, row := range sessions {
		a.SubjectID, a.Shown, a.Reference = "", rights.ShownSteps, row.ID
		if err := s.recordAccess(ctx, tx, a); err != nil {
			return nil, err
		}
		traces = append(traces, operations.Trace{SessionID: row.ID, Channel: row.Channel, BeganAt: fromMs(row.CreatedAt), EndedAt: fromMs(row.RevokedAt)})
	}
	return traces, nil
}
