package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/ledger"
	"renzheng/rights"
	"renzheng/staff"
)

var _ appeal.ReviewStore = (*Store)(nil)

// Conditions of what a reviewer may see and do: the appeal is submitted, and another person's.
const (
	forReview = "x.state IN ('submitted', 'question', 'proposed', 'decided') AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = x.subject_id AND " + isOwnHash + ")"
	notOwn    = " AND id = ? AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = appeals.subject_id AND " + isOwnHash + ")"
)

// Queue implements [appeal.ReviewStore].
func (s *Store) Queue(ctx context.Context, m staff.Member, limit int) ([]appeal.Appeal, error) {
	var rows []appealRow
	err := s.read.SelectContext(ctx, &rows, "SELECT "+appealFacts+" FROM appeals x WHERE x.state IN ('submitted', 'question', 'proposed') AND "+forReview+
		" ORDER BY x.due_at, x.id LIMIT ?", ownHash(m), limit)
	if err != nil {
		return nil, fmt.Errorf("listing appeals to review: %w", err)
	}
	return s.withoutAltered(ctx, rows)
}

// SealedAppeal implements [appeal.ReviewStore].
func (s *Store) SealedAppeal(ctx context.Context, m staff.Member, id string) (appeal.Appeal, error) {
	var row appealRow
	err := s.read.GetContext(ctx, &row, "SELECT "+appealFacts+" FROM appeals x WHERE x.id = ? AND "+forReview, id, ownHash(m))
	if noRow(err) {
		return appeal.Appeal{}, appeal.ErrNotFound
	}
	if err != nil {
		return appeal.Appeal{}, fmt.Errorf("reading an appeal to review: %w", err)
	}
	if err = s.verify(ctx, s.read, row.appealState); err != nil {
		return appeal.Appeal{}, err
	}
	a := row.facts()
	a.Materials, err = s.materialsOf(ctx, s.read, id)
	return a, err
}

// ReadAppeal implements [appeal.ReviewStore].
func (s *Store) ReadAppeal(ctx context.Context, m staff.Member, id string, now time.Time) (appeal.Appeal, error) {
	var a appeal.Appeal
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row appealRow
		err := exactlyOne(tx.ExecContext(ctx, "UPDATE appeals SET read_at = ?, read_by = ? WHERE state IN ('submitted', 'question', 'proposed', 'decided')"+notOwn,
			ms(now), m.ID, id, ownHash(m)))
		if err == nil {
			err = tx.GetContext(ctx, &row, selectAppeal+"WHERE x.id = ?", id)
		}
		if errors.Is(err, errNotOne) || noRow(err) {
			return appeal.ErrNotFound
		}
		if err != nil {
			return err
		}
		access := rights.StaffAccess{
			SubjectID: row.SubjectID, Member: m, Role: staff.Reviewer, Purpose: staff.ForAppeal, Shown: rights.ShownAppeal, Reference: id, At: now,
		}
		if err = s.recordAccess(ctx, tx, access); err != nil {
			return err
		}
		if a, err = s.wholeAppeal(ctx, tx, row); err != nil {
			return err
		}
		if err = s.addReturn(ctx, tx, &a); err != nil {
			return err
		}
		return s.typedDocument(ctx, tx, &a)
	})
	if err != nil {
		return appeal.Appeal{}, fmt.Errorf("reading an appeal to review: %w", err)
	}
	return a, nil
}

// addReturn adds why the last proposal was sent back, which only reviewers are shown.
func (s *Store) addReturn(ctx context.Context, tx *sqlx.Tx, a *appeal.Appeal) error {
	var row struct {
		Reason  []byte `db:"returned_cipher"`
		At      int64  `db:"returned_at"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.GetContext(ctx, &row, "SELECT x.returned_cipher, x.returned_at, k.wrapped FROM appeals x JOIN data_keys k ON k.owner_id = x.id WHERE x.id = ?", a.ID)
	if err != nil {
		return fmt.Errorf("reading why a proposal was sent back: %w", err)
	}
	if len(row.Reason) == 0 {
		return nil
	}
	key, err := s.unwrap(a.ID, row.Wrapped)
	if err != nil {
		return err
	}
	reason, err := key.Open(appealAAD("appeals", "returned_cipher", a.ID), row.Reason)
	a.Returned, a.ReturnedAt = identity.NewSecret(string(reason)), fromMs(row.At)
	return err
}

// LookAgain implements [appeal.ReviewStore].
func (s *Store) LookAgain(ctx context.Context, m staff.Member, id string, now time.Time) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, "UPDATE appeals SET read_at = ?, read_by = ? WHERE state IN ('submitted', 'question', 'proposed', 'decided')"+hasRead+notOwn,
			ms(now), m.ID, m.ID, id, ownHash(m)))
		var subjectID string
		if err == nil || errors.Is(err, errNotOne) {
			unread := err
			err = tx.GetContext(ctx, &subjectID, "SELECT x.subject_id FROM appeals x WHERE x.id = ? AND "+forReview, id, ownHash(m))
			switch {
			case noRow(err):
				err = appeal.ErrNotFound
			case err == nil && unread != nil:
				err = appeal.ErrUnread
			}
		}
		if err != nil {
			return err
		}
		return s.recordAccess(ctx, tx, rights.StaffAccess{
			SubjectID: subjectID, Member: m, Role: staff.Reviewer, Purpose: staff.ForAppeal, Shown: rights.ShownAppeal, Reference: id, At: now,
		})
	})
}

// reviewStep changes an appeal that is not the reviewer's own, and returns its key. The statement lacks notOwn.
func (s *Store) reviewStep(ctx context.Context, tx *sqlx.Tx, m staff.Member, step appealStep) (keyring.DataKey, error) {
	id := step.id
	old, err := s.holdAppeal(ctx, tx, id)
	if err != nil {
		return keyring.DataKey{}, err
	}
	err = exactlyOne(tx.ExecContext(ctx, step.change+notOwn, append(step.args, id, ownHash(m))...))
	if errors.Is(err, errNotOne) {
		var proposer string
		err = tx.GetContext(ctx, &proposer, "SELECT CASE x.state WHEN 'proposed' THEN x.proposed_by ELSE '' END FROM appeals x WHERE x.id = ? AND "+forReview, id, ownHash(m))
		switch {
		case noRow(err):
			err = appeal.ErrNotFound
		case err == nil && proposer != "" && proposer == m.ID:
			err = appeal.ErrFourEyes
		case err == nil:
			err = appeal.ErrNotOpen
		}
	}
	if err == nil {
		err = s.retagAppeal(ctx, tx, old)
	}
	if err != nil {
		return keyring.DataKey{}, err
	}
	return s.ownerKey(ctx, tx, id)
}

// Ask implements [appeal.ReviewStore].
func (s *Store) Ask(ctx context.Context, a appeal.Act, version int64, question appeal.Message) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.reviewStep(ctx, tx, a.Member, appealStep{
			a.ID, "UPDATE appeals SET state = 'question', turn = turn + 1, kept_from = ? WHERE " + askable + " AND turn = ?" + hasRead, []any{ms(question.At), version, a.Member.ID},
		})
		if err != nil {
			return unread(ctx, tx, versionedAct{a.ID, version, askable}, err)
		}
		if err = s.addMessage(ctx, tx, key, sender{a.ID, a.Member.ID}, question); err != nil {
			return err
		}
		return s.recordReview(ctx, tx, a.Entry)
	})
}

// recordReview appends the entry of an act, if it has one.
func (s *Store) recordReview(ctx context.Context, tx *sqlx.Tx, entry ledger.Draft) error {
	if entry.ID == "" {
		return nil
	}
	_, err := s.appendLedger(ctx, tx, entry)
	return err
}
