package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/bar"
	"renzheng/identity"
	"renzheng/rights"
	"renzheng/staff"
)

// ApproveBar implements [bar.Store]. It changes the row of the subject, so that of an approval and a pass one waits for the other.
func (s *Store) ApproveBar(ctx context.Context, d bar.Decision) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		own, err := ownHashesOf(ctx, tx, d.Member)
		if err != nil {
			return err
		}
		row, err := s.changeBar(ctx, tx, d, bar.Proposed, func(r *barRow) error {
			proposer, _ := hex.DecodeString(r.ProposerHash) // "" if it is not known
			if r.ProposedBy == d.Member.ID || own.has(proposer) {
				return bar.ErrFourEyes
			}
			if !r.bar().IsDecidable(d.Now) {
				return bar.ErrState
			}
			r.State, r.DecidedBy, r.DecidedAt, r.KeptFrom = string(bar.InForce), d.Member.ID, ms(d.Now), r.Until
			return nil
		})
		if err != nil {
			return err
		}
		if err = wasShownBar(ctx, tx, d.Member, row); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE subjects SET seen_at = ? WHERE id = ?", ms(d.Now), row.SubjectID); err != nil {
			return fmt.Errorf("locking a subject: %w", err)
		}
		if err = s.endAll(ctx, tx, bySubject, row.SubjectID, d.Now); err != nil {
			return err
		}
		return s.recordBar(ctx, tx, d, row)
	})
}

// wasShownBar returns bar.ErrUnread unless the member was shown whose a proposed bar is.
func wasShownBar(ctx context.Context, tx *sqlx.Tx, m staff.Member, row barRow) error {
	var shown bool
	err := tx.GetContext(ctx, &shown, `SELECT EXISTS (SELECT 1 FROM staff_accesses l WHERE l.subject_id = ? AND l.at >= ? AND l.member_id = ?
		AND l.shown = 'document' AND l.reference = ?)`, row.SubjectID, row.ProposedAt, m.ID, row.ID)
	if err == nil && !shown {
		err = bar.ErrUnread
	}
	return err
}

// RevealBar implements [bar.Store].
func (s *Store) RevealBar(ctx context.Context, m staff.Member, id string, now time.Time) (bar.Bar, identity.Document, error) {
	var row struct {
		barRow

		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	var d identity.Document
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &row, "SELECT "+barColumns+`, s.document_cipher, k.wrapped FROM bars b JOIN subjects s ON s.id = b.subject_id AND s.erased_at = 0
			JOIN data_keys k ON k.owner_id = s.id WHERE b.id = ?`+notOwnBar, id, ownHash(m))
		if err == nil {
			err = s.verify(ctx, tx, row.barRow)
		}
		if err != nil {
			return err
		}
		err = s.recordAccess(ctx, tx, rights.StaffAccess{
			SubjectID: row.SubjectID, Member: m, Role: staff.Reviewer, Purpose: staff.ForBar, Shown: rights.ShownDocument, Reference: id, At: now,
		})
		if err != nil {
			return err
		}
		key, err := s.unwrap(row.SubjectID, row.Wrapped)
		if err == nil {
			d, err = openDocument(key, subjectAAD(row.SubjectID), row.Cipher)
		}
		return err
	})
	if noRow(err) || errors.Is(err, rights.ErrNotFound) || errors.Is(err, rights.ErrOwn) {
		err = bar.ErrNotFound
	}
	if err != nil {
		return bar.Bar{}, identity.Document{}, fmt.Errorf("revealing a bar: %w", err)
	}
	return row.bar(), d, nil
}

// RejectBar implements [bar.Store].
func (s *Store) RejectBar(ctx context.Context, d bar.Decision) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.changeBar(ctx, tx, d, bar.Proposed, func(r *barRow) error {
			r.State, r.DecidedBy, r.DecidedAt, r.KeptFrom = string(bar.Rejected), d.Member.ID, ms(d.Now), ms(d.Now)
			return nil
		})
		return err
	})
}

// EndBar implements [bar.Store].
func (s *Store) EndBar(ctx context.Context, d bar.Decision) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error { return s.endBar(ctx, tx, d) })
}

func (s *Store) endBar(ctx context.Context, tx *sqlx.Tx, d bar.Decision) error {
	row, err := s.changeBar(ctx, tx, d, bar.InForce, func(r *barRow) error {
		if r.bar().Lapsed(d.Now) {
			return bar.ErrState
		}
		r.State, r.EndedBy, r.EndedAt, r.KeptFrom = string(bar.Ended), d.Member.ID, ms(d.Now), ms(d.Now)
		return nil
	})
	if err != nil {
		return err
	}
	return s.recordBar(ctx, tx, d, row)
}

// endAppealed ends the bars in force of a person whose appeal against them lifts the limit. One that was placed after the appeal
// was opened is another matter.
func (s *Store) endAppealed(ctx context.Context, tx *sqlx.Tx, a appeal.Approval) error {
	var ids []string
	err := tx.SelectContext(ctx, &ids, `SELECT b.id FROM appeals x JOIN bars b ON b.subject_id = x.subject_id AND b.state = 'in_force' AND b.until > ?
		WHERE x.id = ? AND x.failure = 'subject_barred' AND x.seen = 1 AND x.outcome = 'limit_lifted' AND b.decided_at <= x.created_at`, ms(a.Now), a.ID)
	if err != nil {
		return fmt.Errorf("reading the bars of an appeal: %w", err)
	}
	for _, id := range ids {
		d := bar.Decision{ID: id, Member: a.Member, Now: a.Now, Entry: a.Entry}
		if d.Entry.ID, err = s.newID("led_"); err != nil {
			return err
		}
		d.Entry.Kind, d.Entry.Reference = bar.KindEnded, id
		if err = s.endBar(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) recordBar(ctx context.Context, tx *sqlx.Tx, d bar.Decision, row barRow) error {
	d.Entry.Reason = row.Reason
	_, err := s.appendLedger(ctx, tx, d.Entry)
	return err
}

// changeBar changes a bar in a state that is not the member's own. The tag of the row that was read is part of the condition.
func (s *Store) changeBar(ctx context.Context, tx *sqlx.Tx, d bar.Decision, from bar.State, change func(*barRow) error) (barRow, error) {
	var old barRow
	err := tx.GetContext(ctx, &old, "SELECT "+barColumns+" FROM bars b WHERE b.id = ?"+notOwnBar, d.ID, ownHash(d.Member))
	if noRow(err) {
		return old, bar.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, tx, old)
	}
	if err == nil && old.State != string(from) {
		err = bar.ErrState
	}
	if err != nil {
		return old, err
	}
	next := old
	if err = change(&next); err != nil {
		return old, err
	}
	err = exactlyOne(tx.ExecContext(ctx, `UPDATE bars SET state = ?, decided_by = ?, decided_at = ?, ended_by = ?, ended_at = ?, kept_from = ?, tag = ?
		WHERE id = ? AND state = ? AND tag = ? AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = bars.subject_id AND `+isOwnHash+")",
		next.State, next.DecidedBy, next.DecidedAt, next.EndedBy, next.EndedAt, next.KeptFrom, s.tagAfter(old, next), d.ID, string(from), old.Tag, ownHash(d.Member)))
	if errors.Is(err, errNotOne) {
		err = bar.ErrState
	}
	return next, err
}
