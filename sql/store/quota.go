package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// reserved is one try taken from a quota, as an attempt remembers it.
type reserved struct {
	Scope  string `json:"scope"`
	EndsAt int64  `json:"ends_at"` // names the window: a try is given back to that one only
	Keep   bool   `json:"keep,omitempty"`
	Sent   bool   `json:"sent,omitempty"`
	Source string `json:"source,omitempty"`

	LockedBy []failure.Code `json:"locked_by,omitempty"`
}

// reserveAll takes one try from every quota. Errors: *verification.ExhaustedError.
func (s *Store) reserveAll(ctx context.Context, tx *sqlx.Tx, r verification.Reservation) ([]reserved, error) {
	taken := make([]reserved, 0, len(r.Quotas)+1)
	own := 0 // used tries of the first quota, including this one
	for i, b := range r.Quotas {
		limit := b
		if own > 0 && own <= b.Spared {
			limit.Limit = unlimited
		}
		for _, scope := range s.scopes(b, r.Card) {
			w, err := reserve(ctx, tx, limit, scope, r.Now)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				own = w.Used
			}
			taken = append(taken, reserved{scope, w.EndsAt, b.Keep, b.Sent, b.Source, b.LockedBy})
		}
	}
	return taken, nil
}

// scopes returns the rows of a quota: for a card one per look-up key, so that a new key forgets no tries.
func (s *Store) scopes(b policy.Quota, card identity.BankCard) []string {
	if !b.ByCard {
		return []string{b.Scope}
	}
	if card.IsZero() {
		return nil
	}
	var scopes []string
	for _, hash := range s.ring.Hashes(keyring.ForCard, card.Reveal()) {
		scopes = append(scopes, b.Scope+"|"+hex.EncodeToString(hash))
	}
	return scopes
}

// budgetState is the state of a quota after a try was taken from it.
type budgetState struct {
	Used   int   `db:"used"`
	EndsAt int64 `db:"ends_at"`
}

// reserve takes one try. The first try after the end of a window opens the next one.
func reserve(ctx context.Context, tx *sqlx.Tx, b policy.Quota, scope string, now time.Time) (budgetState, error) {
	at, end := ms(now), ms(now.Add(b.Window))
	if b.Limit < 1 {
		return budgetState{}, &verification.ExhaustedError{Quota: b, NextAt: fromMs(end)}
	}
	// used comes first: MySQL assigns from left to right and would see the new end.
	result, err := tx.ExecContext(ctx, `UPDATE budgets SET used = CASE WHEN ends_at <= ? THEN 1 ELSE used + 1 END,
		ends_at = CASE WHEN ends_at <= ? THEN ? ELSE ends_at END
		WHERE scope = ? AND (ends_at <= ? OR used < ?)`, at, at, end, scope, at, b.Limit)
	if err != nil {
		return budgetState{}, fmt.Errorf("reserving a try: %w", err)
	}
	matched, err := result.RowsAffected()
	if err != nil {
		return budgetState{}, fmt.Errorf("reserving a try: %w", err)
	}
	var w budgetState
	err = tx.GetContext(ctx, &w, "SELECT used, ends_at FROM budgets WHERE scope = ?", scope)
	if noRow(err) {
		_, err = tx.ExecContext(ctx, "INSERT INTO budgets (scope, used, ends_at) VALUES (?, 1, ?)", scope, end)
		return budgetState{1, end}, raced(err)
	}
	if err == nil && matched == 0 {
		err = &verification.ExhaustedError{Quota: b, NextAt: fromMs(w.EndsAt)}
	}
	return w, err
}

// bound takes one of the rows that a client may make in 24 hours. It returns [session.ErrTooMany] if none is left (R64).
func bound(ctx context.Context, tx *sqlx.Tx, scope string, limit int, now time.Time) error {
	_, err := reserve(ctx, tx, policy.Quota{Limit: limit, Window: 24 * time.Hour}, scope, now)
	if errors.As(err, new(*verification.ExhaustedError)) {
		return session.ErrTooMany
	}
	return err
}

// usedUp is as much as any limit can be (math.MaxInt32). Nothing is given back to what is used up, nor counted in it:
// a source that has locked somebody stays locked, whatever becomes of other queries.
const usedUp = "2147483647"

// unlimited is a limit that only usedUp reaches.
const unlimited = math.MaxInt32

const (
	giveBack = "UPDATE budgets SET used = used - 1 WHERE scope = ? AND ends_at = ? AND used > 0 AND used < " + usedUp
	takeAll  = "UPDATE budgets SET used = " + usedUp + " WHERE scope = ? AND ends_at = ?"
)

// releasedUnlessCounted reports whether a try is released when its attempt did not count.
func releasedUnlessCounted(r reserved) bool { return !r.Keep && !r.Sent }

// releasedIfNothingDone reports whether a try is released when the provider surely did nothing.
func releasedIfNothingDone(r reserved) bool { return !r.Keep }

// change runs a statement for each of the tries that which selects.
func change(ctx context.Context, tx *sqlx.Tx, taken []reserved, which func(reserved) bool, query string) error {
	for _, r := range taken {
		if !which(r) {
			continue
		}
		if _, err := tx.ExecContext(ctx, query, r.Scope, r.EndsAt); err != nil {
			return fmt.Errorf("correcting a quota: %w", err)
		}
	}
	return nil
}

// Quotas implements [verification.HistoryStore].
func (s *Store) Quotas(
	ctx context.Context, card identity.BankCard, quotas []policy.Quota, now time.Time,
) ([]policy.QuotaState, error) {
	var scopes []string
	for _, b := range quotas {
		scopes = append(scopes, s.scopes(b, card)...)
	}
	states := make([]policy.QuotaState, len(quotas))
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
		return nil, fmt.Errorf("reading quotas: %w", err)
	}
	found := make(map[string]policy.QuotaState, len(rows))
	for _, row := range rows {
		found[row.Scope] = policy.QuotaState{Used: row.Used, EndsAt: fromMs(row.EndsAt)}
	}
	for i, b := range quotas {
		for _, scope := range s.scopes(b, card) {
			if found[scope].Used >= states[i].Used {
				states[i] = found[scope]
			}
		}
	}
	return states, nil
}

func readReserved(stored []byte) ([]reserved, error) {
	var taken []reserved
	if err := json.Unmarshal(stored, &taken); err != nil {
		return nil, fmt.Errorf("decoding quotas: %w", err)
	}
	return taken, nil
}
