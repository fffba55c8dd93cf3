package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/ledger"
	"renzheng/rulebook"
	"renzheng/staff"
)

var _ rulebook.Store = (*Store)(nil)

// holdRules locks the versions of a kind until the transaction ends.
func holdRules(ctx context.Context, tx *sqlx.Tx, kind rulebook.Kind) error {
	matched, err := rowsMatched(tx.ExecContext(ctx, "UPDATE rule_heads SET kind = kind WHERE kind = ?", string(kind)))
	if err == nil && matched == 0 {
		_, err = tx.ExecContext(ctx, "INSERT INTO rule_heads (kind, number, unreviewed) VALUES (?, 0, 0)", string(kind))
		err = raced(err)
	}
	return err
}

// ProposeVersion implements [rulebook.Store].
func (s *Store) ProposeVersion(ctx context.Context, v rulebook.Version, proposer staff.Member, entry ledger.Draft) (rulebook.Version, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		if err := holdRules(ctx, tx, v.Kind); err != nil {
			return err
		}
		base, err := s.lastApproved(ctx, tx, v.Kind)
		if err == nil && base.Number != v.Base {
			err = rulebook.ErrStale
		}
		if err == nil {
			err = fewProposals(ctx, tx, v)
		}
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE rule_heads SET number = number + 1 WHERE kind = ?", string(v.Kind)); err != nil {
			return err
		}
		if err = tx.GetContext(ctx, &v.Number, "SELECT number FROM rule_heads WHERE kind = ?", string(v.Kind)); err != nil {
			return err
		}
		row := ruleRow{
			ID: v.ID, Kind: string(v.Kind), Number: v.Number, Base: v.Base, Digest: v.Digest, Note: v.Note, State: string(rulebook.Proposed),
			ProposedBy: proposer.ID, Proposer: ownHash(proposer), ProposedAt: ms(v.ProposedAt), Effective: ms(v.EffectiveFrom),
			Withdrawer: rowTag{},
		}
		err = insertRows(ctx, tx, "INSERT INTO rule_versions ("+ruleColumns+", content)", [][]any{{
			row.ID, row.Kind, row.Number, row.Base, row.Digest, row.Note, row.State, row.ProposedBy, row.Proposer, row.ProposedAt, "", 0, row.Effective,
			"", row.Withdrawer, 0, "", "", 0, s.tag(row), v.Content,
		}})
		err = repeated(err)
		if err == nil {
			_, err = s.appendLedger(ctx, tx, entry)
		}
		return err
	})
	if err != nil {
		return rulebook.Version{}, fmt.Errorf("proposing a version: %w", err)
	}
	return v, nil
}

// fewProposals returns rulebook.ErrTooMany if the member has as many undecided proposals of a kind as they may.
func fewProposals(ctx context.Context, tx *sqlx.Tx, v rulebook.Version) error {
	var n int
	err := tx.GetContext(ctx, &n, "SELECT COUNT(*) FROM rule_versions WHERE kind = ? AND state = 'proposed' AND proposed_by = ? AND id <> ?", string(v.Kind), v.ProposedBy, v.ID)
	if err == nil && n >= rulebook.MaxProposals {
		err = rulebook.ErrTooMany
	}
	return err
}

// lastApproved returns the approved version of a kind with the latest EffectiveFrom. Its number is 0 if none is approved.
func (s *Store) lastApproved(ctx context.Context, q querier, kind rulebook.Kind) (rulebook.Version, error) {
	all, err := s.approvedRules(ctx, q, "AND kind = ?", string(kind))
	found, _ := rulebook.Last(all)
	return found, err
}

func (s *Store) approvedRules(ctx context.Context, q querier, which string, args ...any) ([]rulebook.Version, error) {
	return s.ruleVersions(ctx, q, "WHERE state = 'approved' "+which, args...)
}

func (s *Store) ruleVersions(ctx context.Context, q querier, which string, args ...any) ([]rulebook.Version, error) {
	var rows []ruleRow
	if err := q.SelectContext(ctx, &rows, "SELECT "+ruleColumns+" FROM rule_versions "+which, args...); err != nil {
		return nil, fmt.Errorf("reading versions: %w", err)
	}
	found := make([]rulebook.Version, len(rows))
	for i, row := range rows {
		if err := s.verify(ctx, q, row); err != nil {
			return nil, err
		}
		found[i] = row.version()
	}
	return found, nil
}

// VersionsOf implements [rulebook.Store].
func (s *Store) VersionsOf(ctx context.Context, kind rulebook.Kind, limit int) ([]rulebook.Version, error) {
	return s.ruleVersions(ctx, s.read, "WHERE kind = ? ORDER BY number DESC LIMIT ?", string(kind), limit)
}

// ApprovedVersions implements [rulebook.Store].
func (s *Store) ApprovedVersions(ctx context.Context) ([]rulebook.Version, error) {
	var rows []ruleRow
	if err := s.read.SelectContext(ctx, &rows, "SELECT "+ruleColumns+" FROM rule_versions WHERE state = 'approved'"); err != nil {
		return nil, fmt.Errorf("reading versions: %w", err)
	}
	found := make([]rulebook.Version, len(rows))
	for i, row := range rows {
		err := s.verify(ctx, s.read, row)
		if err != nil && !altered(err) {
			return nil, err
		}
		found[i] = row.version()
		found[i].Altered = err != nil
	}
	return found, nil
}

// Version implements [rulebook.Store].
func (s *Store) Version(ctx context.Context, id string) (rulebook.Version, error) {
	var row struct {
		ruleRow

		Content []byte `db:"content"`
	}
	err := s.read.GetContext(ctx, &row, "SELECT "+ruleColumns+", content FROM rule_versions WHERE id = ?", id)
	if noRow(err) {
		return rulebook.Version{}, rulebook.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.ruleRow)
	}
	if err != nil {
		return rulebook.Version{}, fmt.Errorf("reading a version: %w", err)
	}
	if rulebook.DigestOf(row.Content) != row.Digest {
		found := row.place()
		s.report(found)
		return rulebook.Version{}, fmt.Errorf("reading a version: %w", &found)
	}
	v := row.version()
	v.Content = row.Content
	return v, nil
}

// OwnActs implements [rulebook.Store].
func (s *Store) OwnActs(ctx context.Context, m staff.Member, id string) (rulebook.Own, error) {
	var row ruleRow
	err := s.read.GetContext(ctx, &row, "SELECT "+ruleColumns+" FROM rule_versions WHERE id = ?", id)
	if noRow(err) {
		return rulebook.Own{}, rulebook.ErrNotFound
	}
	var own ownHashes
	if err == nil {
		own, err = ownHashesOf(ctx, s.read, m)
	}
	if err != nil {
		return rulebook.Own{}, fmt.Errorf("reading who decided on a version: %w", err)
	}
	return rulebook.Own{
		Proposed: row.ProposedBy == m.ID || own.has(row.Proposer),
		Withdrew: row.WithdrawnBy != "" && (row.WithdrawnBy == m.ID || own.has(row.Withdrawer)),
	}, nil
}

// heldRules is what stays as it is while a kind is held.
type heldRules struct {
	last       rulebook.Version // the approved version with the latest EffectiveFrom; its number is 0 if none is approved
	unreviewed int64            // 1 if nobody has reviewed the last rollback
	own        ownHashes        // of the member who acts
}

// ruleStep is one change of a version.
type ruleStep struct {
	rulebook.Act

	change func(old ruleRow, h heldRules) ruleRow // the row afterwards
	where  string                                 // conditions of the statement, beyond that the row is as it was read
	args   func(h heldRules) []any
	after  string                               // a second statement, with the parameter kind; "" = none
	why    func(old ruleRow, h heldRules) error // why the statement did not match; nil = it was changed meanwhile
}

// ruleAct makes one step: the conditions are those of its only statement, and its entry joins the ledger.
func (s *Store) ruleAct(ctx context.Context, doing string, a ruleStep) (rulebook.Version, error) {
	var next ruleRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.heldRule(ctx, tx, a.VersionID)
		if err != nil {
			return err
		}
		held := heldRules{}
		if held.last, err = s.lastApproved(ctx, tx, rulebook.Kind(old.Kind)); err != nil {
			return err
		}
		if err = tx.GetContext(ctx, &held.unreviewed, "SELECT unreviewed FROM rule_heads WHERE kind = ?", old.Kind); err != nil {
			return err
		}
		if held.own, err = ownHashesOf(ctx, tx, a.Member); err != nil {
			return err
		}
		next = a.change(old, held)
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE rule_versions SET state = ?, approved_by = ?, approved_at = ?, effective_from = ?, withdrawn_by = ?,
			withdrawer_hash = ?, withdrawn_at = ?, withdraw_note = ?, reviewed_by = ?, reviewed_at = ?, tag = ? WHERE id = ? AND tag = ? AND `+a.where,
			append([]any{
				next.State, next.ApprovedBy, next.ApprovedAt, next.Effective, next.WithdrawnBy, next.Withdrawer, next.WithdrawnAt, next.EndNote,
				next.ReviewedBy, next.ReviewedAt, s.tagAfter(old, next), old.ID, old.Tag,
			}, a.args(held)...)...))
		if errors.Is(err, errNotOne) {
			if why := a.why(old, held); why != nil {
				return why
			}
			return errRace
		}
		if err == nil && a.after != "" {
			err = exactlyOne(tx.ExecContext(ctx, a.after, old.Kind))
		}
		if err == nil {
			_, err = s.appendLedger(ctx, tx, a.Entry)
		}
		return err
	})
	if err != nil {
		return rulebook.Version{}, fmt.Errorf("%s: %w", doing, err)
	}
	return next.version(), nil
}

// heldRule locks the kind of a version and returns the version's row.
func (s *Store) heldRule(ctx context.Context, tx *sqlx.Tx, id string) (ruleRow, error) {
	var kind string
	err := tx.GetContext(ctx, &kind, "SELECT kind FROM rule_versions WHERE id = ?", id)
	if noRow(err) {
		return ruleRow{}, rulebook.ErrNotFound
	}
	if err == nil {
		err = holdRules(ctx, tx, rulebook.Kind(kind))
	}
	var row ruleRow
	if err == nil {
		err = tx.GetContext(ctx, &row, "SELECT "+ruleColumns+" FROM rule_versions WHERE id = ?", id)
	}
	if err == nil {
		err = s.verify(ctx, tx, row)
	}
	return row, err
}
