package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/window"
)

var _ window.TraceStore = (*Store)(nil)

const tracedColumns = "id, session_id, account_id, channel, purpose, state, created_at, ended_at"

// TracesOfSession implements [window.TraceStore].
func (s *Store) TracesOfSession(ctx context.Context, prefix string) ([]window.Trace, error) {
	found, err := s.TraceSessions(ctx, prefix)
	if err != nil {
		return nil, err
	}
	var traces []window.Trace
	for _, session := range found {
		if len(session.Verifications) == 0 {
			traces = append(traces, window.Trace{Channel: session.Channel, BeganAt: session.OpenedAt})
		}
		for _, v := range session.Verifications {
			traces = append(traces, traceOf(session.Channel, v))
		}
	}
	return traces, nil
}

func traceOf(channel string, v VerificationTrace) window.Trace {
	t := window.Trace{Channel: channel, Purpose: v.Purpose, State: v.State, BeganAt: v.BeganAt}
	for _, a := range v.Tries {
		t.Attempts = append(t.Attempts, window.Attempt{Check: a.Check, Provider: a.Provider, State: a.State, Failure: a.Failure, StartedAt: a.StartedAt})
	}
	return t
}

// traces returns what was tried in verifications.
func (s *Store) traces(ctx context.Context, rows []verificationTraceRow) ([]window.Trace, error) {
	attempts, err := s.attemptTraces(ctx, s.read, rows)
	if err != nil {
		return nil, err
	}
	traces := make([]window.Trace, len(rows))
	for i, v := range rows {
		traces[i] = traceOf(v.Channel, VerificationTrace{
			ID: v.ID, Purpose: v.Purpose, State: v.State, BeganAt: fromMs(v.CreatedAt), EndedAt: fromMs(v.EndedAt), Tries: attempts[v.ID],
		})
	}
	return traces, nil
}

// TicketOf implements [window.TraceStore].
func (s *Store) TicketOf(ctx context.Context, code string, now time.Time) (window.Ticket, []window.Trace, error) {
	var row ticketRow
	err := s.read.GetContext(ctx, &row, "SELECT "+ticketColumns+" FROM support_tickets t WHERE t.code = ? AND t.expires_at > ?", code, ms(now))
	if noRow(err) {
		return window.Ticket{}, nil, window.ErrNotFound
	}
	var rows []verificationTraceRow
	if err == nil {
		err = s.read.SelectContext(ctx, &rows, "SELECT "+tracedColumns+` FROM verifications WHERE account_id = ? AND created_at > ?
			ORDER BY created_at DESC, id LIMIT ?`, row.AccountID, ms(now.Add(-tracedFor)), maxTraced)
	}
	var traces []window.Trace
	if err == nil {
		traces, err = s.traces(ctx, rows)
	}
	if err != nil {
		return window.Ticket{}, nil, fmt.Errorf("tracing a ticket: %w", err)
	}
	return window.Ticket{
		ID: row.ID, Channel: row.Channel, DocumentType: identity.DocumentType(row.DocumentType), Failure: row.Failure,
		Purpose: row.Purpose, CreatedAt: fromMs(row.CreatedAt),
	}, traces, nil
}

// tracedFor is how far back the window sees what was tried.
const tracedFor = 30 * 24 * time.Hour

// TracesOfVisit implements [window.TraceStore].
func (s *Store) TracesOfVisit(ctx context.Context, office, id string) ([]window.Trace, error) {
	v, err := s.readVisit(ctx, s.read, office, id)
	if err != nil || v.SubjectID == "" {
		return nil, visited("reading a visit", err)
	}
	var rows []verificationTraceRow
	err = s.read.SelectContext(ctx, &rows, "SELECT "+tracedColumns+` FROM verifications WHERE subject_id = ? AND created_at > ?
		ORDER BY created_at DESC, id LIMIT ?`, v.SubjectID, ms(s.clock().Add(-tracedFor)), maxTraced)
	if err != nil {
		return nil, fmt.Errorf("tracing a person: %w", err)
	}
	return s.traces(ctx, rows)
}

// SignersOf implements [window.TraceStore].
func (s *Store) SignersOf(ctx context.Context, registryID, caseID string) ([]window.Signer, error) {
	id, err := findCase(ctx, s.read, registryID, caseID)
	if err != nil {
		return nil, visited("finding a case", err)
	}
	var rows []todoState
	err = s.read.SelectContext(ctx, &rows, "SELECT "+todoColumns+` FROM todos t WHERE t.case_row = ? AND NOT EXISTS (
		SELECT 1 FROM todos n WHERE n.case_row = t.case_row AND n.signer_id = t.signer_id AND n.revision > t.revision) ORDER BY t.signer_id`, id)
	if err != nil {
		return nil, fmt.Errorf("listing the signers of a case: %w", err)
	}
	signers := make([]window.Signer, len(rows))
	for i, row := range rows {
		if err = s.verify(ctx, s.read, row); err != nil {
			return nil, err
		}
		signers[i] = window.Signer{SignerID: row.SignerID, State: row.State, ExpiresAt: fromMs(row.ExpiresAt)}
	}
	return signers, nil
}
