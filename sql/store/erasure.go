package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
)

var _ rights.ErasureStore = (*Store)(nil)

type erasureRow struct {
	ID          string `db:"id"`
	SubjectID   string `db:"subject_id"`
	AccountID   string `db:"account_id"`
	RequestedAt int64  `db:"requested_at"`
	State       string `db:"state"`
	KeptID      string `db:"kept_id"`
	ErasedAt    int64  `db:"erased_at"`
	DoneAt      int64  `db:"done_at"`
}

const selectErasure = "SELECT id, subject_id, account_id, requested_at, state, kept_id, erased_at, done_at FROM erasures WHERE id = ?"

func (r erasureRow) status() rights.ErasureStatus {
	return rights.ErasureStatus{
		Erasure: rights.Erasure{ID: r.ID, SubjectID: r.SubjectID, AccountID: r.AccountID, RequestedAt: fromMs(r.RequestedAt)},
		State:   rights.ErasureState(r.State), ErasedAt: fromMs(r.ErasedAt), DoneAt: fromMs(r.DoneAt),
	}
}

// RequestErasure implements [rights.ErasureStore].
func (s *Store) RequestErasure(ctx context.Context, e rights.Erasure) error {
	_, err := s.exec(ctx, `INSERT INTO erasures (id, subject_id, account_id, requested_at, state, next_at) VALUES (?, ?, ?, ?, 'requested', ?)`,
		e.ID, e.SubjectID, e.AccountID, ms(e.RequestedAt), ms(e.RequestedAt))
	if err != nil && !isDuplicate(err) {
		return fmt.Errorf("storing an erasure: %w", err)
	}
	return nil
}

// ErasureList implements [rights.OfficerStore].
func (s *Store) ErasureList(ctx context.Context, done bool, limit int) ([]rights.ErasureStatus, error) { //nolint:revive // flag-parameter: a filter
	const columns = "SELECT id, subject_id, account_id, requested_at, state, kept_id, erased_at, done_at FROM erasures"
	query := columns + " WHERE state IN ('requested', 'partly') ORDER BY requested_at DESC, id LIMIT ?"
	if done {
		query = columns + " ORDER BY requested_at DESC, id LIMIT ?"
	}
	var rows []erasureRow
	if err := s.read.SelectContext(ctx, &rows, query, limit); err != nil {
		return nil, fmt.Errorf("listing erasures: %w", err)
	}
	found := make([]rights.ErasureStatus, len(rows))
	for i, row := range rows {
		found[i] = row.status()
	}
	return found, nil
}

// Erasure implements [rights.ErasureStore].
func (s *Store) Erasure(ctx context.Context, id string) (rights.ErasureStatus, rights.Kept, error) {
	row, err := s.erasure(ctx, s.read, id)
	if err != nil {
		return rights.ErasureStatus{}, rights.Kept{}, err
	}
	kept, err := s.erasedKept(ctx, row)
	return row.status(), kept, err
}

func (s *Store) erasure(ctx context.Context, q querier, id string) (erasureRow, error) {
	var row erasureRow
	err := q.GetContext(ctx, &row, selectErasure, id)
	if noRow(err) {
		return erasureRow{}, rights.ErrNotFound
	}
	if err != nil {
		return erasureRow{}, fmt.Errorf("reading an erasure: %w", err)
	}
	return row, nil
}

// DueErasures implements [rights.ErasureStore].
func (s *Store) DueErasures(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := s.read.SelectContext(ctx, &ids, `SELECT id FROM erasures WHERE state IN ('requested', 'partly') AND next_at <= ?
		ORDER BY next_at LIMIT ?`, ms(now), limit)
	if err != nil {
		return nil, fmt.Errorf("finding due erasures: %w", err)
	}
	return ids, nil
}

// ExecuteErasure implements [rights.ErasureStore]. The first transaction ends everything by which the person could still
// be reached: keys, hashes, sessions and grants. What is then unreadable is deleted in batches.
func (s *Store) ExecuteErasure(ctx context.Context, id string, x rights.Execution) (rights.ErasureStatus, error) {
	if err := s.postponeErasure(ctx, id, x.Now); err != nil {
		return rights.ErasureStatus{}, err
	}
	keptID, err := s.newID("sub_")
	if err != nil {
		return rights.ErasureStatus{}, err
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error { return s.beginErasure(ctx, tx, id, keptID, x.Now) })
	if err != nil && !errors.Is(err, errNotOne) { // begun before
		return rights.ErasureStatus{}, fmt.Errorf("erasing account and subject: %w", err)
	}
	row, err := s.erasure(ctx, s.write, id)
	if err != nil || row.State == string(rights.Done) {
		return row.status(), err
	}
	if err = s.continueErasure(ctx, row, x); err != nil {
		return row.status(), fmt.Errorf("erasing what is left: %w", err)
	}
	row, err = s.erasure(ctx, s.write, id)
	return row.status(), err
}

// How long an erasure in which something stays is left alone. What stays for years is looked at rarely; otherwise the
// worker would have to execute every erasure of these years again and again.
const (
	shortestWait = time.Minute
	longestWait  = 12 * time.Hour
	waitShare    = 100 // of the age of the erasure
)

// postponeErasure sets when an erasure is due next. It comes first, so that an erasure that fails does not keep others
// waiting.
func (s *Store) postponeErasure(ctx context.Context, id string, now time.Time) error {
	row, err := s.erasure(ctx, s.write, id)
	if err != nil {
		return err
	}
	wait := min(max(now.Sub(fromMs(row.RequestedAt))/waitShare, shortestWait), longestWait)
	if _, err = s.exec(ctx, "UPDATE erasures SET next_at = ? WHERE id = ? AND state <> 'done'", ms(now.Add(wait)), id); err != nil {
		return fmt.Errorf("postponing an erasure: %w", err)
	}
	return nil
}

// beginErasure returns errNotOne if the erasure was begun before. An account that was made after the request, by somebody
// who came back, is left alone: a restored backup may name it.
func (s *Store) beginErasure(ctx context.Context, tx *sqlx.Tx, id, keptID string, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE erasures SET state = 'partly', kept_id = ?, erased_at = requested_at
		WHERE id = ? AND state = 'requested'`, keptID, id))
	if err != nil {
		return err
	}
	e, err := s.erasure(ctx, tx, id)
	if err != nil {
		return err
	}
	if err = s.eraseUnheldSubject(ctx, tx, &e, now); err != nil {
		return err
	}
	// The row is changed first. Sign-ins, which change it too, come before or after.
	account, err := rowsMatched(tx.ExecContext(ctx, "UPDATE accounts SET erased_at = ?, logins = logins + 1 WHERE id = ? AND erased_at = 0 AND created_at <= ?",
		e.ErasedAt, e.AccountID, e.RequestedAt))
	if err != nil || account == 0 {
		return err
	}
	return s.eraseAccount(ctx, tx, e.AccountID, now)
}

// eraseUnheldSubject erases the subject of an erasure unless that was done before, a legal hold keeps it, or it was made
// after the request.
func (s *Store) eraseUnheldSubject(ctx context.Context, tx *sqlx.Tx, e *erasureRow, now time.Time) error {
	free, err := isUnheld(ctx, tx, e.SubjectID)
	if err != nil || !free {
		return err
	}
	// Pushes and new verifications change this row too. What was made after the request is of a later subject with the same id.
	person, err := rowsMatched(tx.ExecContext(ctx, "UPDATE subjects SET erased_at = ?, seen_at = ? WHERE id = ? AND erased_at = 0 AND created_at <= ?",
		ms(now), ms(now), e.SubjectID, e.RequestedAt))
	if err != nil || person == 0 {
		return err
	}
	e.ErasedAt = ms(now)
	if _, err = tx.ExecContext(ctx, "UPDATE erasures SET erased_at = ? WHERE id = ?", e.ErasedAt, e.ID); err != nil {
		return err
	}
	return s.eraseSubject(ctx, tx, *e, now)
}

// endAll voids the verifications and ends the grants of an owner. This order leaves out none that is accepted meanwhile:
// an acceptance changes the verification, so it is either found as a grant, or finds the verification voided.
func (s *Store) endAll(ctx context.Context, tx *sqlx.Tx, by scope, id string, now time.Time) error {
	if _, err := s.voidVerifications(ctx, tx, by, id, now); err != nil {
		return err
	}
	_, err := s.endGrants(ctx, tx, by, id, now)
	return err
}

// execAll runs statements that have the same arguments.
func execAll(ctx context.Context, tx *sqlx.Tx, queries []string, args ...any) error {
	for _, query := range queries {
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}
