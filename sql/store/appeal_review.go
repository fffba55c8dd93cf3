package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
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
		return s.typedDocument(ctx, tx, &a)
	})
	if err != nil {
		return appeal.Appeal{}, fmt.Errorf("reading an appeal to review: %w", err)
	}
	return a, nil
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
func (s *Store) Ask(ctx context.Context, a appeal.Act, turn int64, question appeal.Message) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.reviewStep(ctx, tx, a.Member, appealStep{a.ID, "UPDATE appeals SET state = 'question', turn = turn + 1, kept_from = ? WHERE state = 'submitted' AND turn = ?", []any{ms(question.At), turn}})
		if err != nil {
			return err
		}
		if err = s.addMessage(ctx, tx, key, sender{a.ID, a.Member.ID}, question); err != nil {
			return err
		}
		return s.recordReview(ctx, tx, a.Entry)
	})
}

// Propose implements [appeal.ReviewStore].
func (s *Store) Propose(ctx context.Context, a appeal.Act, turn int64, d appeal.Decision) error {
	id := a.ID
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.reviewStep(ctx, tx, a.Member, appealStep{id, `UPDATE appeals SET state = 'proposed', turn = turn + 1, outcome = ?, proposed_by = ?, proposer_hash = ?, kept_from = ?
			WHERE state IN ('submitted', 'question') AND turn = ?`, []any{string(d.Outcome), a.Member.ID, a.Member.Subject, ms(a.Now), turn}})
		if err != nil {
			return err
		}
		reason, err := key.Seal(appealAAD("appeals", "reason_cipher", id), []byte(d.Reason.Reveal()))
		if err != nil {
			return err
		}
		ground, err := key.Seal(appealAAD("appeals", "ground_cipher", id), []byte(d.Ground.Reveal()))
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE appeals SET reason_cipher = ?, ground_cipher = ? WHERE id = ?", reason, ground, id); err != nil {
			return err
		}
		// The person may have begun to answer a question.
		if err = s.keepMaterials(ctx, tx, id); err != nil {
			return err
		}
		entry := a.Entry
		entry.Digest = decisionDigest(reason, ground)
		return s.recordReview(ctx, tx, entry)
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

// hasRead is a condition with the parameter member: they have read a proposed appeal since the proposal, which is its last step.
const hasRead = ` AND EXISTS (SELECT 1 FROM staff_accesses l WHERE l.subject_id = appeals.subject_id AND l.at >= appeals.kept_from AND l.member_id = ?
	AND l.shown = 'appeal' AND l.reference = appeals.id)`

// Approve implements [appeal.ReviewStore]. One statement has the four eyes: another member, and another person as far as both
// documents are known, than the one who proposed what this one has read (R52).
func (s *Store) Approve(ctx context.Context, a appeal.Approval) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.reviewStep(ctx, tx, a.Member, appealStep{
			a.ID, `UPDATE appeals SET state = 'decided', turn = turn + 1, decided_by = ?, decided_at = ?, open_slot = id, kept_from = ?
			WHERE state = 'proposed' AND turn = ? AND proposed_by <> '' AND proposed_by <> ? AND (proposer_hash = '' OR proposer_hash <> ?)
			AND NOT EXISTS (SELECT 1 FROM staff_persons p WHERE p.person = ? AND LOWER(HEX(p.hash)) = proposer_hash)` + hasRead,
			[]any{a.Member.ID, ms(a.Now), ms(a.Now), a.Turn, a.Member.ID, a.Member.Subject, ownHash(a.Member), a.Member.ID},
		})
		if errors.Is(err, appeal.ErrNotOpen) {
			err = unapproved(ctx, tx, a)
		}
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE appeal_materials SET delete_after = ? WHERE appeal_id = ?", ms(a.DeleteAfter), a.ID); err != nil {
			return fmt.Errorf("setting the deletion time of materials: %w", err)
		}
		for _, scope := range a.Scopes {
			if _, err = tx.ExecContext(ctx, "DELETE FROM budgets WHERE scope = ? AND used < "+usedUp, scope); err != nil {
				return fmt.Errorf("resetting a quota: %w", err)
			}
		}
		if err = s.endAppealed(ctx, tx, a); err != nil {
			return err
		}
		entry := a.Entry
		if entry.Digest, err = storedDigest(ctx, tx, a.ID); err != nil {
			return err
		}
		return s.recordReview(ctx, tx, entry)
	})
}

// storedDigest returns the digest of the decision that the transaction has approved, which is that of its proposal.
func storedDigest(ctx context.Context, tx *sqlx.Tx, id string) (string, error) {
	var sealed struct {
		Reason []byte `db:"reason_cipher"`
		Ground []byte `db:"ground_cipher"`
	}
	if err := tx.GetContext(ctx, &sealed, "SELECT reason_cipher, ground_cipher FROM appeals WHERE id = ?", id); err != nil {
		return "", fmt.Errorf("reading a decision: %w", err)
	}
	return decisionDigest(sealed.Reason, sealed.Ground), nil
}

// unapproved returns why nothing was approved by another member than the one who proposed it.
func unapproved(ctx context.Context, q querier, a appeal.Approval) error {
	var proposer string
	err := q.GetContext(ctx, &proposer, "SELECT proposer_hash FROM appeals WHERE id = ? AND state = 'proposed' AND turn = ?", a.ID, a.Turn)
	if noRow(err) {
		return appeal.ErrNotOpen
	}
	if err != nil {
		return err
	}
	hash, _ := hex.DecodeString(proposer) // "" if it is not known
	own, err := ownHashesOf(ctx, q, a.Member)
	switch {
	case err != nil:
		return err
	case own.has(hash):
		return appeal.ErrFourEyes
	}
	return appeal.ErrUnread
}

// SendBack implements [appeal.ReviewStore].
func (s *Store) SendBack(ctx context.Context, a appeal.Act, turn int64) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.reviewStep(ctx, tx, a.Member, appealStep{a.ID, `UPDATE appeals SET state = 'submitted', turn = turn + 1, outcome = '', proposed_by = '', proposer_hash = '', reason_cipher = x'', ground_cipher = x''
			WHERE state = 'proposed' AND turn = ?`, []any{turn}})
		if err != nil {
			return err
		}
		if err = forgetWithdrawnReadings(ctx, tx, a.ID); err != nil {
			return err
		}
		return s.recordReview(ctx, tx, a.Entry)
	})
}
