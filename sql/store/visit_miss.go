package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/verification"
	"renzheng/verification/policy"
	"renzheng/window"
)

// reserveMiss takes a try of the member and one of their office, as if the document did not match. Errors: *window.LimitError.
func reserveMiss(ctx context.Context, tx *sqlx.Tx, i window.Identification) ([]reserved, error) {
	var taken []reserved
	for _, q := range []policy.Quota{
		{Scope: "window_member|" + i.Member.ID, Limit: i.Miss.Limits.Member}, {Scope: "window_office|" + i.Member.Office, Limit: i.Miss.Limits.Office},
	} {
		q.Window = window.MissWindow
		w, err := reserve(ctx, tx, q, q.Scope, i.Now)
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

// recordMiss records that a document did not match, and enters it into the ledger.
func (s *Store) recordMiss(ctx context.Context, tx *sqlx.Tx, i window.Identification, outcome string) error {
	d, entry := i.Evidence.Document, i.Miss.Entry
	entry.Reason = outcome
	typed := s.ring.Hash(keyring.ForWindow, string(d.Type), d.Number.Reveal())
	err := insertRows(ctx, tx, "INSERT INTO visit_misses (id, visit_id, office, member_id, outcome, typed_hash, ledger_id, at)", [][]any{{
		i.Miss.ID, i.VisitID, i.Member.Office, i.Member.ID, outcome, []byte(typed), entry.ID, ms(i.Now),
	}})
	if err == nil {
		_, err = s.appendLedger(ctx, tx, entry)
	}
	return err
}
