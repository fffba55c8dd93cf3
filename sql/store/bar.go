package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/bar"
	"renzheng/retention"
	"renzheng/staff"
)

var _ bar.Store = (*Store)(nil)

// notBarred is a condition on subjects with the parameter now.
const notBarred = " AND NOT EXISTS (" + barInForce + "subjects.id AND b.until > ?)"

const barInForce = "SELECT 1 FROM bars b WHERE b.state = 'in_force' AND b.subject_id = "

// ProposeBar implements [bar.Store].
func (s *Store) ProposeBar(ctx context.Context, p bar.Proposal) (bar.Bar, error) {
	var row barRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		person, err := s.findOrCreateSubject(ctx, tx, p.Document, p.Now)
		if err != nil {
			return err
		}
		id := p.ID
		if id == "" {
			id, err = s.newID("bar_")
		}
		if err != nil {
			return err
		}
		row = barRow{
			ID: id, SubjectID: person.ID, Reason: string(p.Reason), Reference: p.Reference, Until: ms(p.Until), State: string(bar.Proposed),
			ProposedBy: p.Member.ID, ProposerHash: p.Member.Subject, ProposedAt: ms(p.Now), KeptFrom: ms(p.Now),
		}
		err = exactlyOne(tx.ExecContext(ctx, `INSERT INTO bars (id, subject_id, reason, reference, until, state, proposed_by, proposer_hash, proposed_at, kept_from, tag)
			SELECT ?, s.id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM subjects s WHERE s.id = ?
			AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = s.id AND `+isOwnHash+")",
			row.ID, row.Reason, row.Reference, row.Until, row.State, row.ProposedBy, row.ProposerHash, row.ProposedAt, row.KeptFrom, s.tag(row),
			row.SubjectID, ownHash(p.Member)))
		if errors.Is(err, errNotOne) {
			return bar.ErrOwn
		}
		return repeated(err)
	})
	if err != nil {
		return bar.Bar{}, fmt.Errorf("storing a bar: %w", err)
	}
	return row.bar(), nil
}

const notOwnBar = " AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = b.subject_id AND " + isOwnHash + ")"

// Bars implements [bar.Store].
func (s *Store) Bars(ctx context.Context, m staff.Member, limit int) ([]bar.Bar, error) {
	var rows []barRow
	err := s.read.SelectContext(ctx, &rows, "SELECT "+barColumns+" FROM bars b WHERE 1 = 1"+notOwnBar+" ORDER BY b.proposed_at DESC, b.id LIMIT ?", ownHash(m), limit)
	if err != nil {
		return nil, fmt.Errorf("listing bars: %w", err)
	}
	bars := make([]bar.Bar, 0, len(rows))
	for _, r := range rows {
		switch err = s.verify(ctx, s.read, r); {
		case err == nil:
			bars = append(bars, r.bar())
		case !altered(err): // an altered one is reported, and keeps nobody from the rest
			return nil, err
		}
	}
	return bars, nil
}

// BarOf implements [verification.HistoryStore].
func (s *Store) BarOf(ctx context.Context, subjectID string, now time.Time) (reason string, until time.Time, err error) {
	var row barRow
	err = s.read.GetContext(ctx, &row, "SELECT "+barColumns+" FROM bars b WHERE b.subject_id = ? AND b.state = 'in_force' AND b.until > ? ORDER BY b.until DESC LIMIT 1", subjectID, ms(now))
	if noRow(err) {
		return "", time.Time{}, nil
	}
	if err == nil {
		err = s.verify(ctx, s.read, row)
	}
	if err != nil {
		return "", time.Time{}, fmt.Errorf("reading a bar: %w", err)
	}
	return row.Reason, fromMs(row.Until), nil
}

// purgeBars erases bars, or proposals without effect, whose time has come, and the person if nothing else names them.
func (s *Store) purgeBars(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	without := ""
	if c.Class == retention.DroppedBars {
		without = " AND state IN ('proposed', 'rejected')"
	}
	return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		var subjectID string
		err := tx.GetContext(ctx, &subjectID, "SELECT subject_id FROM bars WHERE id = ?", id)
		if noRow(err) {
			return errKept
		}
		if err == nil {
			err = kept(exactlyOne(tx.ExecContext(ctx, "DELETE FROM bars WHERE id = ? AND kept_from <= ?"+without+" AND NOT EXISTS ("+heldBar+")", id, ms(c.Before))))
		}
		if err != nil {
			return err
		}
		return dropUnseenSubject(ctx, tx, subjectID, now)
	})
}
