package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/verification"
)

// reserved is one try taken from a budget, as an attempt remembers it.
type reserved struct {
	Scope  string `json:"scope"`
	EndsAt int64  `json:"ends_at"` // names the window: a try is given back to that one only
	Keep   bool   `json:"keep,omitempty"`
	Sent   bool   `json:"sent,omitempty"`
	Source string `json:"source,omitempty"`

	LockedBy []verification.FailureCode `json:"locked_by,omitempty"`
}

// reserveAll takes one try from every budget. Errors: *verification.ExhaustedError.
func (s *Store) reserveAll(ctx context.Context, tx *sqlx.Tx, r verification.Reservation) ([]reserved, error) {
	taken := make([]reserved, 0, len(r.Budgets)+1)
	for _, b := range r.Budgets {
		for _, scope := range s.scopes(b, r.Card) {
			endsAt, err := reserve(ctx, tx, b, scope, r.Now)
			if err != nil {
				return nil, err
			}
			taken = append(taken, reserved{scope, endsAt, b.Keep, b.Sent, b.Source, b.LockedBy})
		}
	}
	return taken, nil
}

// scopes gives the rows of a budget: for a card one per look-up key, so that a new key forgets no tries.
func (s *Store) scopes(b verification.Budget, card identity.BankCard) []string {
	if !b.ByCard {
		return []string{b.Scope}
	}
	if card.IsZero() {
		return nil
	}
	var scopes []string
	for _, hash := range s.ring.Hashes(keyring.UseCard, card.Reveal()) {
		scopes = append(scopes, b.Scope+"|"+hex.EncodeToString(hash))
	}
	return scopes
}

// reserve takes one try and gives the end of its window. The first try after a window opens the next.
func reserve(ctx context.Context, tx *sqlx.Tx, b verification.Budget, scope string, now time.Time) (int64, error) {
	at, end := ms(now), ms(now.Add(b.Window))
	if b.Limit < 1 {
		return 0, &verification.ExhaustedError{Budget: b, NextAt: fromMs(end)}
	}
	// used comes first: MySQL assigns from left to right and would see the new end.
	result, err := tx.ExecContext(ctx, `UPDATE budgets SET used = CASE WHEN ends_at <= ? THEN 1 ELSE used + 1 END,
		ends_at = CASE WHEN ends_at <= ? THEN ? ELSE ends_at END
		WHERE scope = ? AND (ends_at <= ? OR used < ?)`, at, at, end, scope, at, b.Limit)
	if err != nil {
		return 0, fmt.Errorf("reserving a try: %w", err)
	}
	matched, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("reserving a try: %w", err)
	}
	var endsAt int64
	err = tx.GetContext(ctx, &endsAt, "SELECT ends_at FROM budgets WHERE scope = ?", scope)
	if noRow(err) {
		_, err = tx.ExecContext(ctx, "INSERT INTO budgets (scope, used, ends_at) VALUES (?, 1, ?)", scope, end)
		return end, raced(err)
	}
	if err == nil && matched == 0 {
		err = &verification.ExhaustedError{Budget: b, NextAt: fromMs(endsAt)}
	}
	return endsAt, err
}

// usedUp is as much as any limit can be (math.MaxInt32). Nothing is given back to what is used up, nor counted in it:
// a source that has locked somebody stays locked, whatever becomes of other queries.
const usedUp = "2147483647"

const (
	giveBack = "UPDATE budgets SET used = used - 1 WHERE scope = ? AND ends_at = ? AND used > 0 AND used < " + usedUp
	takeOne  = "UPDATE budgets SET used = used + 1 WHERE scope = ? AND ends_at = ? AND used < " + usedUp
	takeAll  = "UPDATE budgets SET used = " + usedUp + " WHERE scope = ? AND ends_at = ?"
)

// byOutcome tells what a try counts in only if it counted.
func byOutcome(r reserved) bool { return !r.Keep && !r.Sent }

// untilSent tells what a try counts in only if something was sent.
func untilSent(r reserved) bool { return !r.Keep }

// release gives tries back, but for those that count whatever the outcome.
func release(ctx context.Context, tx *sqlx.Tx, taken []reserved) error {
	return change(ctx, tx, taken, byOutcome, giveBack)
}

// releaseUnsent gives back what was taken for a query that surely was not made.
func releaseUnsent(ctx context.Context, tx *sqlx.Tx, taken []reserved) error {
	return change(ctx, tx, taken, untilSent, giveBack)
}

// takeAgain counts tries that were given back and were used after all, even beyond the limit.
func takeAgain(ctx context.Context, tx *sqlx.Tx, taken []reserved) error {
	return change(ctx, tx, taken, byOutcome, takeOne)
}

// lock uses up the budgets that a failure says are used up, until their window ends.
func lock(ctx context.Context, tx *sqlx.Tx, taken []reserved, failure verification.FailureCode) error {
	locked := func(r reserved) bool { return slices.Contains(r.LockedBy, failure) }
	return change(ctx, tx, taken, locked, takeAll)
}

func change(ctx context.Context, tx *sqlx.Tx, taken []reserved, which func(reserved) bool, query string) error {
	for _, r := range taken {
		if !which(r) {
			continue
		}
		if _, err := tx.ExecContext(ctx, query, r.Scope, r.EndsAt); err != nil {
			return fmt.Errorf("correcting a budget: %w", err)
		}
	}
	return nil
}

// Budgets implements [verification.HistoryStore].
func (s *Store) Budgets(
	ctx context.Context, card identity.BankCard, budgets []verification.Budget, now time.Time,
) ([]verification.BudgetState, error) {
	var scopes []string
	for _, b := range budgets {
		scopes = append(scopes, s.scopes(b, card)...)
	}
	states := make([]verification.BudgetState, len(budgets))
	if len(scopes) == 0 {
		return states, nil
	}
	query, args, err := in("SELECT scope, used, ends_at FROM budgets WHERE scope IN (?) AND ends_at > ?", scopes, ms(now))
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Scope  string `db:"scope"`
		Used   int    `db:"used"`
		EndsAt int64  `db:"ends_at"`
	}
	if err = s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("reading budgets: %w", err)
	}
	found := make(map[string]verification.BudgetState, len(rows))
	for _, row := range rows {
		found[row.Scope] = verification.BudgetState{Used: row.Used, EndsAt: fromMs(row.EndsAt)}
	}
	for i, b := range budgets {
		for _, scope := range s.scopes(b, card) {
			if found[scope].Used >= states[i].Used {
				states[i] = found[scope]
			}
		}
	}
	return states, nil
}
