package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/keyring"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

var (
	_ verification.AttemptStore = (*Store)(nil)
	_ verification.WorkStore    = (*Store)(nil)
)

// attemptRow is an attempt with its subject's key.
type attemptRow struct {
	attemptState

	Call      []byte `db:"call_cipher"`
	CardLast4 []byte `db:"card_last4_cipher"`
	NextTryAt int64  `db:"next_try_at"`
	Wrapped   []byte `db:"wrapped"`
}

const selectAttempt = "SELECT " + attemptColumns + `, a.call_cipher, a.card_last4_cipher, a.next_try_at, k.wrapped
	FROM attempts a JOIN data_keys k ON k.owner_id = a.subject_id `

// Attempt implements [verification.AttemptStore].
func (s *Store) Attempt(ctx context.Context, sessionID, id string, now time.Time) (verification.Attempt, error) {
	return s.attempt(ctx, selectAttempt+"JOIN verifications v ON v.id = a.verification_id WHERE a.id = ? AND a.session_id = ? AND "+
		underGrant, id, sessionID, ms(now))
}

func (s *Store) attempt(ctx context.Context, query string, args ...any) (verification.Attempt, error) {
	var row attemptRow
	err := s.read.GetContext(ctx, &row, query, args...)
	if noRow(err) {
		err = verification.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.attemptState)
	}
	if err != nil {
		return verification.Attempt{}, fmt.Errorf("reading an attempt: %w", err)
	}
	return s.openAttempt(row)
}

// Attach implements [verification.AttemptStore].
func (s *Store) Attach(ctx context.Context, a verification.Attempt) error {
	var row attemptRow
	err := s.read.GetContext(ctx, &row, selectAttempt+`WHERE a.id = ? AND a.session_id = ? AND a.subject_id = ?`,
		a.ID, a.SessionID, a.SubjectID)
	if noRow(err) {
		err = verification.ErrConflict
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.attemptState)
	}
	if err != nil {
		return fmt.Errorf("reading an attempt: %w", err)
	}
	var call []byte
	if a.Call != nil {
		key, failed := s.unwrap(row.SubjectID, row.Wrapped)
		if failed != nil {
			return failed
		}
		if call, err = sealJSON(key, callAAD(a.ID), a.Call); err != nil {
			return err
		}
	}
	attached := row.attemptState
	attached.ProviderID = &a.ProviderID
	matched, err := s.exec(ctx, `UPDATE attempts SET provider_id = ?, call_cipher = ?, tag = ?
		WHERE id = ? AND session_id = ? AND subject_id = ? AND provider = ? AND state = 'open' AND provider_id IS NULL AND tag = ?`,
		a.ProviderID, call, s.tagAfter(row.attemptState, attached), a.ID, a.SessionID, a.SubjectID, a.Provider, row.Tag)
	if isDuplicate(err) || (err == nil && matched != 1) {
		err = verification.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("attaching a provider's id: %w", err)
	}
	return nil
}

// plainAttempt returns an attempt without its encrypted columns.
func plainAttempt(row attemptRow) verification.Attempt {
	a := verification.Attempt{
		ID: row.ID, VerificationID: row.VerificationID, SessionID: row.SessionID, AccountID: row.AccountID,
		SubjectID: row.SubjectID, Check: policy.CheckKind(row.Kind), Provider: row.Provider, Level: row.Level,
		State: verification.AttemptState(row.State), Failure: failure.Code(row.Failure), Counted: row.Counted,
		Undecided: row.Undecided,
		StartedAt: fromMs(row.StartedAt), ExpiresAt: fromMs(row.ExpiresAt), SettledAt: fromMs(row.SettledAt),
	}
	if row.ProviderID != nil {
		a.ProviderID = *row.ProviderID
	}
	return a
}

func (s *Store) openAttempt(row attemptRow) (verification.Attempt, error) {
	a := plainAttempt(row)
	if len(row.Call) == 0 && len(row.CardLast4) == 0 {
		return a, nil
	}
	key, err := s.unwrap(row.SubjectID, row.Wrapped)
	if err != nil {
		return verification.Attempt{}, err
	}
	if len(row.Call) > 0 {
		a.Call = &verification.FaceCall{}
		err = openJSON(key, callAAD(row.ID), row.Call, a.Call)
	}
	if len(row.CardLast4) > 0 {
		last4, failed := key.Open(cardAAD(row.ID), row.CardLast4)
		a.CardLast4, err = string(last4), errors.Join(err, failed)
	}
	if err != nil {
		return verification.Attempt{}, err
	}
	return a, nil
}

func callAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "attempts", Column: "call_cipher", Row: id}
}

func cardAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "attempts", Column: "card_last4_cipher", Row: id}
}

// workerLease is how long a worker has an unsettled attempt for itself: longer than any provider's time-out.
const workerLease = time.Minute

// Unsettled implements [verification.WorkStore].
func (s *Store) Unsettled(ctx context.Context, now time.Time, limit int) ([]verification.Pending, error) {
	var rows []attemptRow
	err := s.read.SelectContext(ctx, &rows, selectAttempt+
		"WHERE a.undecided = 1 AND a.next_try_at <= ? ORDER BY a.next_try_at, a.id LIMIT ?", ms(now), limit)
	if err != nil {
		return nil, fmt.Errorf("listing unsettled attempts: %w", err)
	}
	var leased []verification.Pending
	var problems []error
	for _, row := range rows {
		matched, err := s.exec(ctx, `UPDATE attempts SET next_try_at = ?, tries = tries + 1
			WHERE id = ? AND undecided = 1 AND next_try_at = ?`, ms(now.Add(workerLease)), row.ID, row.NextTryAt)
		if err != nil {
			return leased, fmt.Errorf("leasing an attempt: %w", err)
		}
		if matched != 1 {
			continue // settled, or another replica's
		}
		p, err := s.pending(ctx, row)
		if altered(err) {
			continue // it was reported, and is again when it is next due
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("opening attempt %s: %w", row.ID, err))
		}
		if err == nil || p.Unreadable {
			leased = append(leased, p)
		}
	}
	return leased, errors.Join(problems...)
}

func (s *Store) pending(ctx context.Context, row attemptRow) (verification.Pending, error) {
	err := s.verify(ctx, s.read, row.attemptState)
	var a verification.Attempt
	if err == nil {
		a, err = s.openAttempt(row)
	}
	if err == nil {
		var v verification.Verification
		if v, err = s.verification(ctx, selectVerification+"WHERE v.id = ?"+byPosition, a.VerificationID); err == nil {
			return verification.Pending{Attempt: a, Verification: v}, nil
		}
	}
	sealed := errors.Is(err, keyring.ErrOpen) || errors.Is(err, keyring.ErrUnknownKey)
	return verification.Pending{Attempt: plainAttempt(row), Unreadable: sealed}, err
}
