package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/staff"
	"renzheng/verification"
	"renzheng/verification/policy"
	"renzheng/window"
)

// missQuotas returns what counts the misses of a member and of their office.
func missQuotas(m staff.Member, l window.Limits) []policy.Quota {
	return []policy.Quota{
		{Scope: "window_member|" + m.ID, Limit: l.Member, Window: window.MissWindow},
		{Scope: "window_office|" + m.Office, Limit: l.Office, Window: window.MissWindow},
	}
}

// mayMiss returns a *window.LimitError if the member or their office has no try left. It takes none.
func mayMiss(ctx context.Context, q querier, m staff.Member, l window.Limits, now time.Time) error {
	for _, quota := range missQuotas(m, l) {
		var endsAt int64
		err := q.GetContext(ctx, &endsAt, "SELECT ends_at FROM budgets WHERE scope = ? AND ends_at > ? AND used >= ?", quota.Scope, ms(now), quota.Limit)
		if err == nil {
			return &window.LimitError{Until: fromMs(endsAt)}
		}
		if !noRow(err) {
			return err
		}
	}
	return nil
}

// reserveMiss takes a try of the member and one of their office, as if what was typed did not match. Errors: *window.LimitError.
func reserveMiss(ctx context.Context, tx *sqlx.Tx, m staff.Member, l window.Limits, now time.Time) ([]reserved, error) {
	var taken []reserved
	for _, q := range missQuotas(m, l) {
		w, err := reserve(ctx, tx, q, q.Scope, now)
		if exhausted, ok := errors.AsType[*verification.ExhaustedError](err); ok {
			return nil, &window.LimitError{Until: exhausted.NextAt}
		}
		if err != nil {
			return nil, err
		}
		taken = append(taken, reserved{Scope: q.Scope, EndsAt: w.EndsAt})
	}
	return taken, nil
}

// typedMiss is what was typed and did not match.
type typedMiss struct {
	outcome string
	parts   []string // of the hash; the first says what the others are
}

// recordMiss records that what was typed did not match, and enters it into the ledger.
func (s *Store) recordMiss(ctx context.Context, tx *sqlx.Tx, l window.Lookup, t typedMiss) error {
	entry := l.Miss.Entry
	entry.Reason = t.outcome
	typed := s.ring.Hash(keyring.ForWindow, t.parts...)
	err := insertRows(ctx, tx, "INSERT INTO visit_misses (id, visit_id, office, member_id, outcome, typed_hash, ledger_id, at)", [][]any{{
		l.Miss.ID, l.VisitID, l.Member.Office, l.Member.ID, t.outcome, []byte(typed), entry.ID, ms(l.Now),
	}})
	if err == nil {
		_, err = s.appendLedger(ctx, tx, entry)
	}
	return err
}

// lookUp makes a transaction of a search by what was typed. The try is taken before anything is looked up, and given back if something
// is found. A search that finds nothing leaves its record alone.
func (s *Store) lookUp(ctx context.Context, l window.Lookup, t typedMiss, search func(tx *sqlx.Tx) error) error {
	var missed error
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		missed = nil
		taken, err := reserveMiss(ctx, tx, l.Member, l.Miss.Limits, l.Now)
		if err != nil {
			return err
		}
		err = search(tx)
		if errors.Is(err, window.ErrNotFound) {
			missed = err
			return s.recordMiss(ctx, tx, l, t)
		}
		if err != nil {
			return err
		}
		return change(ctx, tx, taken, releasedIfNothingDone, giveBack)
	})
	if err == nil {
		err = missed
	}
	return err
}
