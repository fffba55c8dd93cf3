package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/bar"
	"renzheng/keyring"
	"renzheng/retention"
	"renzheng/staff"
)

var _ bar.Store = (*Store)(nil)

// barRow is a row of bars.
type barRow struct {
	ID           string `db:"id"`
	SubjectID    string `db:"subject_id"`
	Reason       string `db:"reason"`
	Reference    string `db:"reference"`
	Until        int64  `db:"until"`
	State        string `db:"state"`
	ProposedBy   string `db:"proposed_by"`
	ProposerHash string `db:"proposer_hash"`
	ProposedAt   int64  `db:"proposed_at"`
	DecidedBy    string `db:"decided_by"`
	DecidedAt    int64  `db:"decided_at"`
	EndedBy      string `db:"ended_by"`
	EndedAt      int64  `db:"ended_at"`
	KeptFrom     int64  `db:"kept_from"`
	Tag          rowTag `db:"tag"`
}

const barColumns = `b.id, b.subject_id, b.reason, b.reference, b.until, b.state, b.proposed_by, b.proposer_hash, b.proposed_at, b.decided_by, b.decided_at,
	b.ended_by, b.ended_at, b.kept_from, b.tag`

func (r barRow) place() AlteredError { return AlteredError{"bars", r.ID} }

func (r barRow) stored() []byte { return r.Tag }

func (r barRow) content() keyring.TagContent {
	return keyring.NewTagContent("bars").Text(r.ID, r.SubjectID, r.Reason, r.Reference).Number(r.Until).
		Text(r.State, r.ProposedBy, r.ProposerHash).Number(r.ProposedAt).Text(r.DecidedBy).Number(r.DecidedAt).
		Text(r.EndedBy).Number(r.EndedAt, r.KeptFrom)
}

func (r barRow) bar() bar.Bar {
	return bar.Bar{
		Term: bar.Term{Reason: bar.Code(r.Reason), Until: fromMs(r.Until)}, ID: r.ID, Reference: r.Reference, State: bar.State(r.State), ProposedBy: r.ProposedBy, ProposedAt: fromMs(r.ProposedAt),
		DecidedBy: r.DecidedBy, DecidedAt: fromMs(r.DecidedAt), EndedBy: r.EndedBy, EndedAt: fromMs(r.EndedAt),
	}
}

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
			AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = s.id AND o.hash = ?)`,
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

// ApproveBar implements [bar.Store]. It changes the row of the subject, so that of an approval and a pass one waits for the other.
func (s *Store) ApproveBar(ctx context.Context, d bar.Decision) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		row, err := s.changeBar(ctx, tx, d, bar.Proposed, func(r *barRow) error {
			if r.ProposedBy == d.Member.ID || r.ProposerHash != "" && r.ProposerHash == d.Member.Subject {
				return bar.ErrFourEyes
			}
			r.State, r.DecidedBy, r.DecidedAt, r.KeptFrom = string(bar.InForce), d.Member.ID, ms(d.Now), r.Until
			return nil
		})
		if err != nil {
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

// endAppealed ends the bars in force of a person whose appeal against them lifts the limit.
func (s *Store) endAppealed(ctx context.Context, tx *sqlx.Tx, a appeal.Approval) error {
	var ids []string
	err := tx.SelectContext(ctx, &ids, `SELECT b.id FROM appeals x JOIN bars b ON b.subject_id = x.subject_id AND b.state = 'in_force' AND b.until > ?
		WHERE x.id = ? AND x.failure = 'subject_barred' AND x.seen = 1 AND x.outcome = 'limit_lifted'`, ms(a.Now), a.ID)
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
		WHERE id = ? AND state = ? AND tag = ? AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = bars.subject_id AND o.hash = ?)`,
		next.State, next.DecidedBy, next.DecidedAt, next.EndedBy, next.EndedAt, next.KeptFrom, s.tagAfter(old, next), d.ID, string(from), old.Tag, ownHash(d.Member)))
	if errors.Is(err, errNotOne) {
		err = bar.ErrState
	}
	return next, err
}

const notOwnBar = " AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = b.subject_id AND o.hash = ?)"

// Bars implements [bar.Store].
func (s *Store) Bars(ctx context.Context, m staff.Member, limit int) ([]bar.Bar, error) {
	rows, err := s.barRows(ctx, s.read, "1 = 1"+notOwnBar+" ORDER BY b.proposed_at DESC, b.id LIMIT ?", ownHash(m), limit)
	if err != nil {
		return nil, fmt.Errorf("listing bars: %w", err)
	}
	bars := make([]bar.Bar, len(rows))
	for i, r := range rows {
		bars[i] = r.bar()
	}
	return bars, nil
}

// BarOf implements [verification.HistoryStore].
func (s *Store) BarOf(ctx context.Context, subjectID string, now time.Time) (reason string, until time.Time, err error) {
	rows, err := s.barRows(ctx, s.read, "b.subject_id = ? AND b.state = 'in_force' AND b.until > ? ORDER BY b.until DESC LIMIT 1", subjectID, ms(now))
	if err != nil {
		return "", time.Time{}, fmt.Errorf("reading a bar: %w", err)
	}
	if len(rows) == 0 {
		return "", time.Time{}, nil
	}
	return rows[0].Reason, fromMs(rows[0].Until), nil
}

func (s *Store) barRows(ctx context.Context, q querier, where string, args ...any) ([]barRow, error) {
	var rows []barRow
	if err := q.SelectContext(ctx, &rows, "SELECT "+barColumns+" FROM bars b WHERE "+where, args...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := s.verify(ctx, q, row); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// purgeBars erases bars whose time has come, and the person if nothing else names them.
func (s *Store) purgeBars(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		var subjectID string
		err := tx.GetContext(ctx, &subjectID, "SELECT subject_id FROM bars WHERE id = ?", id)
		if noRow(err) {
			return errKept
		}
		if err == nil {
			err = kept(exactlyOne(tx.ExecContext(ctx, "DELETE FROM bars WHERE id = ? AND kept_from <= ? AND NOT EXISTS ("+heldBar+")", id, ms(c.Before))))
		}
		if err != nil {
			return err
		}
		return dropUnseenSubject(ctx, tx, subjectID, now)
	})
}
