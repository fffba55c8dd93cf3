package store

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// SessionTrace is what was tried in a session, for an operator. It has ids, states
// and codes, and nothing personal: no document, no card, no id of a channel.
type SessionTrace struct {
	SessionID     string
	AccountID     string
	Channel       string
	OpenedAt      time.Time // zero if the row of the session is purged
	EndedAt       time.Time // zero if it is open or purged
	Verifications []VerificationTrace
}

// VerificationTrace is one verification of a session.
type VerificationTrace struct {
	ID      string
	Purpose string
	State   string
	BeganAt time.Time
	EndedAt time.Time // zero while it is open, and for one that was accepted
	Tries   []AttemptTrace

	accountID, subjectID string
}

// AttemptTrace is one attempt of a verification.
type AttemptTrace struct {
	ID        string
	Check     string
	Provider  string
	State     string
	Failure   string // code; "" if it passed or is open
	Counted   bool
	StartedAt time.Time
	SettledAt time.Time // zero while it is open
}

// maxTraced bounds what one trace reads; sessions are limited to far fewer starts a day.
const maxTraced = 200

// afterHex sorts behind every digit of an id.
const afterHex = "g"

// TraceSessions returns what was tried in the sessions whose ids begin with a prefix. It finds sessions by their verifications too, because these are kept
// for longer.
func (s *Store) TraceSessions(ctx context.Context, prefix string) ([]SessionTrace, error) {
	found, _, err := traceSessions(ctx, s.read, prefix)
	return found, err
}

// traceSessions is [Store.TraceSessions] with the persons as whom somebody tried to be verified.
func traceSessions(ctx context.Context, q querier, prefix string) ([]SessionTrace, []string, error) {
	var sessions []sessionTraceRow
	err := q.SelectContext(ctx, &sessions, `SELECT s.id, s.account_id, a.channel, s.created_at, s.revoked_at
		FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id >= ? AND s.id < ? ORDER BY s.id LIMIT ?`,
		prefix, prefix+afterHex, maxTraced)
	var verifications []verificationTraceRow
	if err == nil {
		err = q.SelectContext(ctx, &verifications, `SELECT id, session_id, account_id, subject_id, channel, purpose, state, created_at, ended_at
			FROM verifications WHERE session_id >= ? AND session_id < ? ORDER BY session_id, created_at, id LIMIT ?`,
			prefix, prefix+afterHex, maxTraced)
	}
	var attempts map[string][]AttemptTrace
	if err == nil {
		attempts, err = attemptTraces(ctx, q, verifications)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("tracing sessions: %w", err)
	}
	return tracesOf(sessions, verifications, attempts), personsOf(verifications), nil
}

type sessionTraceRow struct {
	ID        string `db:"id"`
	AccountID string `db:"account_id"`
	Channel   string `db:"channel"`
	CreatedAt int64  `db:"created_at"`
	RevokedAt int64  `db:"revoked_at"`
}

type verificationTraceRow struct {
	ID        string `db:"id"`
	SessionID string `db:"session_id"`
	AccountID string `db:"account_id"`
	SubjectID string `db:"subject_id"`
	Channel   string `db:"channel"`
	Purpose   string `db:"purpose"`
	State     string `db:"state"`
	CreatedAt int64  `db:"created_at"`
	EndedAt   int64  `db:"ended_at"`
}

// personsOf returns the persons of verifications, each once.
func personsOf(of []verificationTraceRow) []string {
	var ids []string
	for _, v := range of {
		if v.SubjectID != "" && !slices.Contains(ids, v.SubjectID) {
			ids = append(ids, v.SubjectID)
		}
	}
	return ids
}

// attemptTraces returns the attempts of verifications by the verification's id.
func attemptTraces(ctx context.Context, q querier, of []verificationTraceRow) (map[string][]AttemptTrace, error) {
	if len(of) == 0 {
		return nil, nil
	}
	ids := make([]string, len(of))
	for i, v := range of {
		ids[i] = v.ID
	}
	query, args, err := in(`SELECT id, verification_id, kind, provider, state, failure, counted, started_at, settled_at
		FROM attempts WHERE verification_id IN (?) ORDER BY verification_id, started_at, id`, ids)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID             string `db:"id"`
		VerificationID string `db:"verification_id"`
		Kind           string `db:"kind"`
		Provider       string `db:"provider"`
		State          string `db:"state"`
		Failure        string `db:"failure"`
		Counted        bool   `db:"counted"`
		StartedAt      int64  `db:"started_at"`
		SettledAt      int64  `db:"settled_at"`
	}
	if err = q.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	traces := make(map[string][]AttemptTrace, len(of))
	for _, r := range rows {
		traces[r.VerificationID] = append(traces[r.VerificationID], AttemptTrace{
			ID: r.ID, Check: r.Kind, Provider: r.Provider, State: r.State, Failure: r.Failure, Counted: r.Counted,
			StartedAt: fromMs(r.StartedAt), SettledAt: fromMs(r.SettledAt),
		})
	}
	return traces, nil
}

// tracesOf puts sessions, verifications and attempts together.
func tracesOf(sessions []sessionTraceRow, verifications []verificationTraceRow, attempts map[string][]AttemptTrace) []SessionTrace {
	var traces []SessionTrace
	at := map[string]int{}
	for _, r := range sessions {
		at[r.ID] = len(traces)
		traces = append(traces, SessionTrace{
			SessionID: r.ID, AccountID: r.AccountID, Channel: r.Channel, OpenedAt: fromMs(r.CreatedAt), EndedAt: fromMs(r.RevokedAt),
		})
	}
	for _, v := range verifications {
		if _, ok := at[v.SessionID]; !ok {
			at[v.SessionID] = len(traces)
			traces = append(traces, SessionTrace{SessionID: v.SessionID, AccountID: v.AccountID, Channel: v.Channel})
		}
		trace := &traces[at[v.SessionID]]
		trace.Verifications = append(trace.Verifications, VerificationTrace{
			ID: v.ID, Purpose: v.Purpose, State: v.State, BeganAt: fromMs(v.CreatedAt), EndedAt: fromMs(v.EndedAt), Tries: attempts[v.ID],
			accountID: v.AccountID, subjectID: v.SubjectID,
		})
	}
	return traces
}
