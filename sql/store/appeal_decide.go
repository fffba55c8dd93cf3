package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/identity"
)

// Propose implements [appeal.ReviewStore].
func (s *Store) Propose(ctx context.Context, a appeal.Act, version int64, d appeal.Decision) error {
	id := a.ID
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.reviewStep(ctx, tx, a.Member, appealStep{id, `UPDATE appeals SET state = 'proposed', turn = turn + 1, outcome = ?, proposed_by = ?, proposer_hash = ?, kept_from = ?
			WHERE ` + proposable + " AND turn = ?" + hasRead, []any{string(d.Outcome), a.Member.ID, a.Member.Subject, ms(a.Now), version, a.Member.ID}})
		if err != nil {
			return unread(ctx, tx, versionedAct{id, version, proposable}, err)
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

// The states in which a reviewer may ask, propose and send back.
const (
	askable    = "state = 'submitted'"
	proposable = "state IN ('submitted', 'question')"
	returnable = "state = 'proposed'"
)

// versionedAct is a step of a reviewer on one version of an appeal, and the states that allow it.
type versionedAct struct {
	id      string
	version int64
	states  string
}

// hasRead is a condition with the parameter member: they have read the appeal since its last step.
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
			[]any{a.Member.ID, ms(a.Now), ms(a.Now), a.Version, a.Member.ID, a.Member.Subject, ownHash(a.Member), a.Member.ID},
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
	err := q.GetContext(ctx, &proposer, "SELECT proposer_hash FROM appeals WHERE id = ? AND state = 'proposed' AND turn = ?", a.ID, a.Version)
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

// unread returns appeal.ErrUnread instead of ErrNotOpen if the appeal of an act is in the states and the version for it: then it was not
// read.
func unread(ctx context.Context, tx *sqlx.Tx, a versionedAct, err error) error {
	if !errors.Is(err, appeal.ErrNotOpen) {
		return err
	}
	var open bool
	if queryErr := tx.GetContext(ctx, &open, "SELECT EXISTS (SELECT 1 FROM appeals WHERE id = ? AND turn = ? AND "+a.states+")", a.id, a.version); queryErr != nil {
		return fmt.Errorf("reading why a step was not made: %w", queryErr)
	}
	if open {
		return appeal.ErrUnread
	}
	return err
}

// SendBack implements [appeal.ReviewStore].
func (s *Store) SendBack(ctx context.Context, a appeal.Act, version int64, reason identity.Secret) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.reviewStep(ctx, tx, a.Member, appealStep{a.ID, `UPDATE appeals SET state = 'submitted', turn = turn + 1, outcome = '', proposed_by = '', proposer_hash = '', reason_cipher = x'', ground_cipher = x'',
			returned_at = ?, kept_from = ? WHERE ` + returnable + " AND turn = ?" + hasRead, []any{ms(a.Now), ms(a.Now), version, a.Member.ID}})
		if err != nil {
			return unread(ctx, tx, versionedAct{a.ID, version, returnable}, err)
		}
		sealed, err := key.Seal(appealAAD("appeals", "returned_cipher", a.ID), []byte(reason.Reveal()))
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE appeals SET returned_cipher = ? WHERE id = ?", sealed, a.ID); err != nil {
			return err
		}
		if err = forgetWithdrawnReadings(ctx, tx, a.ID); err != nil {
			return err
		}
		entry := a.Entry
		entry.Digest = decisionDigest(sealed)
		return s.recordReview(ctx, tx, entry)
	})
}
