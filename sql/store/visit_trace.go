package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/staff"
	"renzheng/window"
)

var _ window.TraceStore = (*Store)(nil)

const tracedColumns = "id, session_id, account_id, subject_id, channel, purpose, state, created_at, ended_at"

// TracesOfSession implements [window.TraceStore].
func (s *Store) TracesOfSession(ctx context.Context, l window.Lookup, prefix string) ([]window.Trace, error) {
	var traces []window.Trace
	err := s.lookUp(ctx, l, typedSlip(prefix), func(tx *sqlx.Tx) error {
		var err error
		traces, err = s.slipTraces(ctx, tx, l.Act, prefix)
		return err
	})
	return traces, visited("tracing a slip", err)
}

func typedSlip(prefix string) typedMiss { return typedMiss{"no_such_slip", []string{"slip", prefix}} }

// slipTraces records the access of the persons of a slip and returns what they tried.
func (s *Store) slipTraces(ctx context.Context, tx *sqlx.Tx, a window.Act, prefix string) ([]window.Trace, error) {
	found, persons, err := traceSessions(ctx, tx, prefix)
	if err == nil && len(found) == 0 {
		err = window.ErrNotFound
	}
	if err == nil {
		err = s.recordTried(ctx, tx, a, prefix, persons)
	}
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

// recordTried records that a member is shown what persons tried. Without a person, and for one who was erased meanwhile, the
// reference alone says what was shown.
func (s *Store) recordTried(ctx context.Context, tx *sqlx.Tx, a window.Act, reference string, persons []string) error {
	role, purpose := staff.Clerk, staff.ForService
	if !a.Member.Has(staff.Clerk) {
		role, purpose = staff.Supervisor, staff.ForApproval
	}
	if len(persons) == 0 {
		persons = []string{""}
	}
	for _, id := range persons {
		access := rights.StaffAccess{
			SubjectID: id, Member: a.Member, Role: role, Purpose: purpose, Shown: rights.ShownSteps, Reference: reference, At: a.Now,
		}
		err := s.recordAccessOfErased(ctx, tx, access)
		if errors.Is(err, rights.ErrOwn) {
			return window.ErrOwnAffair
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func traceOf(channel string, v VerificationTrace) window.Trace {
	t := window.Trace{Channel: channel, Purpose: v.Purpose, State: v.State, BeganAt: v.BeganAt, AccountID: v.accountID, SubjectID: v.subjectID}
	for _, a := range v.Tries {
		t.Attempts = append(t.Attempts, window.Attempt{Check: a.Check, Provider: a.Provider, State: a.State, Failure: a.Failure, StartedAt: a.StartedAt})
	}
	return t
}

// traces returns what was tried in verifications.
func traces(ctx context.Context, q querier, rows []verificationTraceRow) ([]window.Trace, error) {
	attempts, err := attemptTraces(ctx, q, rows)
	if err != nil {
		return nil, err
	}
	found := make([]window.Trace, len(rows))
	for i, v := range rows {
		found[i] = traceOf(v.Channel, VerificationTrace{
			ID: v.ID, Purpose: v.Purpose, State: v.State, BeganAt: fromMs(v.CreatedAt), EndedAt: fromMs(v.EndedAt), Tries: attempts[v.ID],
			accountID: v.AccountID, subjectID: v.SubjectID,
		})
	}
	return found, nil
}

// tracedFor is how far back the window sees what was tried.
const tracedFor = 30 * 24 * time.Hour

// TracesOfVisit implements [window.TraceStore].
func (s *Store) TracesOfVisit(ctx context.Context, l window.Lookup) ([]window.Trace, error) {
	var tried []window.Trace
	slip := ""
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		slip = ""
		v, err := s.readVisit(ctx, tx, l.Member.Office, l.VisitID)
		switch {
		case err != nil:
		case v.State == string(window.Ended), v.ExpiresAt <= ms(l.Now):
			err = window.ErrState
		case v.SubjectID != "":
			tried, err = s.personTraces(ctx, tx, l.Act, v)
		case v.FoundBy == string(window.BySlip):
			slip = v.FoundID
		default:
			err = window.ErrState
		}
		return err
	})
	if err == nil && slip != "" {
		return s.TracesOfSession(ctx, l, slip)
	}
	return tried, visited("tracing a visit", err)
}

// personTraces records the access and returns what the person of a visit tried.
func (s *Store) personTraces(ctx context.Context, tx *sqlx.Tx, a window.Act, v visitState) ([]window.Trace, error) {
	own, err := isOwn(ctx, tx, a.Member, v.SubjectID, v.CaseRow)
	if err == nil && own {
		err = window.ErrOwnAffair
	}
	if err == nil {
		err = s.recordTried(ctx, tx, a, v.ID, []string{v.SubjectID})
	}
	if err == nil {
		err = s.notGuardian(ctx, tx, a.Member, v)
	}
	var rows []verificationTraceRow
	if err == nil {
		err = tx.SelectContext(ctx, &rows, "SELECT "+tracedColumns+` FROM verifications WHERE subject_id = ? AND created_at > ?
			ORDER BY created_at DESC, id LIMIT ?`, v.SubjectID, ms(a.Now.Add(-tracedFor)), maxTraced)
	}
	if err != nil {
		return nil, err
	}
	return traces(ctx, tx, rows)
}
