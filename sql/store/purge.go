package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

var _ retention.Store = (*Store)(nil)

// PurgeCut implements [retention.Store].
func (s *Store) PurgeCut(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	purge := map[retention.Class]func() (retention.Batch, error){
		retention.UnansweredCases: func() (retention.Batch, error) { return s.purgeCases(ctx, c, now, limit) },
		retention.AnsweredCases:   func() (retention.Batch, error) { return s.purgeCases(ctx, c, now, limit) },
		retention.Accounts:        func() (retention.Batch, error) { return s.purgeAccounts(ctx, c, now, limit) },
		retention.Portraits: func() (retention.Batch, error) {
			return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error { return dropDuePortrait(ctx, tx, id, c.Before) })
		},
		retention.Materials:           func() (retention.Batch, error) { return s.purgeMaterials(ctx, c, limit) },
		retention.UnsentAppeals:       func() (retention.Batch, error) { return s.purgeAppeals(ctx, c, now, limit) },
		retention.Appeals:             func() (retention.Batch, error) { return s.purgeAppeals(ctx, c, now, limit) },
		retention.Bars:                func() (retention.Batch, error) { return s.purgeBars(ctx, c, now, limit) },
		retention.DroppedBars:         func() (retention.Batch, error) { return s.purgeBars(ctx, c, now, limit) },
		retention.FailedVerifications: func() (retention.Batch, error) { return s.purgeVerifications(ctx, c, now, limit) },
		retention.PassedVerifications: func() (retention.Batch, error) { return s.purgeVerifications(ctx, c, now, limit) },
	}[c.Class]
	if purge == nil {
		return s.purgeRows(ctx, c, limit)
	}
	return purge()
}

// purgeRows deletes rows that no other row depends on.
func (s *Store) purgeRows(ctx context.Context, c retention.Cut, limit int) (retention.Batch, error) {
	due, ok := dueOf(c.Class)
	if !ok {
		return retention.Batch{}, fmt.Errorf("no rows of class %s", c.Class)
	}
	n, err := s.exec(ctx, due.remove(s.dialect), due.args(c, limit)...)
	if err != nil {
		return retention.Batch{}, fmt.Errorf("deleting what is due: %w", err)
	}
	return retention.Batch{Gone: int(n), Seen: int(n)}, nil
}

// errKept says that a row is not deleted, because it is not due any more or a hold keeps it. The transaction is undone.
var errKept = errors.New("not due any more, or held")

// purgeEach deletes each row with all that depends on it in a transaction of its own. drop states the condition again.
func (s *Store) purgeEach(
	ctx context.Context, c retention.Cut, limit int, drop func(ctx context.Context, tx *sqlx.Tx, id string) error,
) (retention.Batch, error) {
	due, _ := dueOf(c.Class)
	var ids []string
	if err := s.read.SelectContext(ctx, &ids, due.find(), due.args(c, limit)...); err != nil {
		return retention.Batch{}, fmt.Errorf("finding what is due: %w", err)
	}
	return s.eachInTurn(ctx, ids, drop)
}

func (s *Store) eachInTurn(
	ctx context.Context, ids []string, drop func(ctx context.Context, tx *sqlx.Tx, id string) error,
) (retention.Batch, error) {
	var done retention.Batch
	for _, id := range ids {
		err := s.tx(ctx, func(tx *sqlx.Tx) error { return drop(ctx, tx, id) })
		if err != nil && !errors.Is(err, errKept) {
			return done, err
		}
		done.Seen++
		if err == nil {
			done.Gone++
		}
	}
	return done, nil
}

// kept returns errKept for a condition that did not match.
func kept(err error) error {
	if errors.Is(err, errNotOne) {
		return errKept
	}
	return err
}

// CountCut implements [retention.Store].
func (s *Store) CountCut(ctx context.Context, c retention.Cut, most int) (retention.Due, error) {
	if due, ok := dueOf(c.Class); ok {
		return s.countDue(ctx, due, due.args(c, most))
	}
	return s.countCases(ctx, c, most)
}

// countDue counts the rows with the parameters of their statements.
func (s *Store) countDue(ctx context.Context, due dueRows, args []any) (retention.Due, error) {
	var free, held countedRow
	err := s.read.GetContext(ctx, &free, due.count(), args...)
	if err == nil && due.held != "" {
		err = s.read.GetContext(ctx, &held, due.countHeld(), args...)
	}
	if err != nil {
		return retention.Due{}, fmt.Errorf("counting what is due: %w", err)
	}
	oldest, err := free.oldest()
	return retention.Due{Rows: free.Due, Held: held.Due, Oldest: oldest}, err
}

const guardPortrait = "DELETE FROM portraits WHERE id = ? AND delete_after > 0 AND delete_after <= ? AND NOT EXISTS (" + heldPortrait + ")"

// dropDuePortrait erases a portrait, unless its time was moved since it was found: after the first fetch, the registry
// may fetch it again for some time.
func dropDuePortrait(ctx context.Context, tx *sqlx.Tx, id string, before time.Time) error {
	if err := kept(exactlyOne(tx.ExecContext(ctx, guardPortrait, id, ms(before)))); err != nil {
		return fmt.Errorf("deleting a portrait that is due: %w", err)
	}
	return dropKey(ctx, tx, id)
}
