package store

import (
	"context"

	"renzheng/rulebook"
	"renzheng/staff"
)

// anotherPerson returns a condition on the columns that hold a member and the hash of their document: the caller is another member and,
// as far as both documents are known, another person (R52). Its parameters are the caller's id, an empty hash and the caller's hash.
func anotherPerson(member, hash string) string {
	return " AND " + member + " <> ? AND (" + hash + " = ? OR NOT EXISTS (SELECT 1 FROM " + ownPerson + " WHERE " + hash + " = m.own OR " + hash + " = p.hash))"
}

func anotherPersonArgs(m staff.Member) []any {
	return []any{m.ID, rowTag{}, rowTag(ownHash(m))}
}

// ApproveVersion implements [rulebook.Store].
func (s *Store) ApproveVersion(ctx context.Context, a rulebook.Act) (rulebook.Version, error) {
	return s.ruleAct(ctx, "approving a version", ruleStep{
		Act: a,
		change: func(old ruleRow, h heldRules) ruleRow {
			old.State, old.ApprovedBy, old.ApprovedAt = string(rulebook.Approved), a.Member.ID, ms(a.Now)
			old.Effective = max(old.Effective, ms(a.Now), ms(h.last.EffectiveFrom))
			return old
		},
		where: "state = 'proposed' AND base = ?" + anotherPerson("proposed_by", "proposer_hash"),
		args:  func(h heldRules) []any { return append([]any{h.last.Number}, anotherPersonArgs(a.Member)...) },
		why: func(old ruleRow, h heldRules) error {
			switch {
			case old.State != string(rulebook.Proposed):
				return rulebook.ErrState
			case a.Member.ID == old.ProposedBy || h.own.has(old.Proposer):
				return rulebook.ErrFourEyes
			case old.Base != h.last.Number:
				return rulebook.ErrStale
			}
			return nil
		},
	})
}

// WithdrawVersion implements [rulebook.Store].
func (s *Store) WithdrawVersion(ctx context.Context, a rulebook.Act) (rulebook.Version, error) {
	return s.ruleAct(ctx, "withdrawing a version", ruleStep{
		Act: a, change: ended(a, rulebook.Withdrawn),
		where: "(state = 'proposed' OR state = 'approved' AND effective_from > ?)",
		args:  func(heldRules) []any { return []any{ms(a.Now)} },
		why: func(old ruleRow, _ heldRules) error {
			if old.State == string(rulebook.Proposed) || old.State == string(rulebook.Approved) && old.Effective > ms(a.Now) {
				return nil
			}
			return rulebook.ErrState
		},
	})
}

// ended returns the change of a version that ends.
func ended(a rulebook.Act, state rulebook.State) func(ruleRow, heldRules) ruleRow {
	return func(old ruleRow, _ heldRules) ruleRow {
		old.State, old.WithdrawnBy, old.Withdrawer, old.WithdrawnAt = string(state), a.Member.ID, ownHash(a.Member), ms(a.Now)
		old.EndNote = a.Note
		return old
	}
}

// RollBackVersion implements [rulebook.Store].
func (s *Store) RollBackVersion(ctx context.Context, a rulebook.Act) (rulebook.Version, error) {
	return s.ruleAct(ctx, "rolling back a version", ruleStep{
		Act: a, change: ended(a, rulebook.RolledBack),
		where: "state = 'approved' AND effective_from <= ? AND number = ? AND ? = 0",
		args:  func(h heldRules) []any { return []any{ms(a.Now), h.last.Number, h.unreviewed} },
		after: "UPDATE rule_heads SET unreviewed = 1 WHERE kind = ? AND unreviewed = 0",
		why: func(old ruleRow, h heldRules) error {
			if old.State == string(rulebook.Approved) && old.Effective <= ms(a.Now) && old.Number == h.last.Number {
				return rulebook.ErrUnreviewed
			}
			return rulebook.ErrState
		},
	})
}

// ReviewRollback implements [rulebook.Store].
func (s *Store) ReviewRollback(ctx context.Context, a rulebook.Act) (rulebook.Version, error) {
	return s.ruleAct(ctx, "reviewing a rollback", ruleStep{
		Act: a,
		change: func(old ruleRow, _ heldRules) ruleRow {
			old.ReviewedBy, old.ReviewedAt = a.Member.ID, ms(a.Now)
			return old
		},
		where: "state = 'rolled_back' AND reviewed_by = ''" + anotherPerson("withdrawn_by", "withdrawer_hash"),
		args:  func(heldRules) []any { return anotherPersonArgs(a.Member) },
		after: "UPDATE rule_heads SET unreviewed = 0 WHERE kind = ? AND unreviewed = 1",
		why: func(old ruleRow, h heldRules) error {
			switch {
			case old.State != string(rulebook.RolledBack) || old.ReviewedBy != "":
				return rulebook.ErrState
			case a.Member.ID == old.WithdrawnBy || h.own.has(old.Withdrawer):
				return rulebook.ErrFourEyes
			}
			return nil
		},
	})
}
