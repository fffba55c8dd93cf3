package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

var _ todo.EventStore = (*Store)(nil)

// Sequence implements [todo.EventStore]. The lease spares work; that two replicas never assign one position twice is
// held by the row of the feed, which each takes first, and by the guard on each event.
func (s *Store) Sequence(ctx context.Context, _ time.Time, limit int) (int, error) {
	sequenced := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		waiting, order, err := unsequenced(ctx, tx, limit)
		if err != nil {
			return err
		}
		sequenced = 0
		for _, registry := range order {
			ids := waiting[registry]
			if err = giveSequence(ctx, tx, registry, ids); err != nil {
				return err
			}
			sequenced += len(ids)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return sequenced, nil
}

// unsequenced returns the oldest events that have no position, by registry, and the registries in an order of their own,
// so that two replicas take the feeds in the same one.
func unsequenced(ctx context.Context, tx *sqlx.Tx, limit int) (map[string][]string, []string, error) {
	var rows []struct {
		ID         string `db:"id"`
		RegistryID string `db:"registry_id"`
	}
	err := tx.SelectContext(ctx, &rows,
		"SELECT id, registry_id FROM events WHERE position IS NULL ORDER BY created_at, id LIMIT ?", limit)
	if err != nil {
		return nil, nil, fmt.Errorf("finding events without a position: %w", err)
	}
	waiting := make(map[string][]string)
	var order []string
	for _, row := range rows {
		if waiting[row.RegistryID] == nil {
			order = append(order, row.RegistryID)
		}
		waiting[row.RegistryID] = append(waiting[row.RegistryID], row.ID)
	}
	slices.Sort(order)
	return waiting, order, nil
}

// giveSequence returns the next positions of a feed to events.
func giveSequence(ctx context.Context, tx *sqlx.Tx, registryID string, ids []string) error {
	last, err := takePositions(ctx, tx, registryID, len(ids))
	if err != nil {
		return err
	}
	query, args := positions(ids, last-int64(len(ids))+1)
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("giving positions: %w", err)
	}
	matched, err := result.RowsAffected()
	if err == nil && matched != int64(len(ids)) {
		return errRace // another replica gave one of them a position before the feed was ours
	}
	return err
}

// positions is one statement that assigns positions from first on, in the order of ids: one for each would make
// sequencing the dearest part of an answer.
func positions(ids []string, first int64) (string, []any) {
	args := make([]any, 0, 3*len(ids))
	for i, id := range ids {
		args = append(args, id, first+int64(i))
	}
	for _, id := range ids {
		args = append(args, id)
	}
	return "UPDATE events SET position = CASE id" + strings.Repeat(" WHEN ? THEN ?", len(ids)) + " END WHERE position IS NULL AND id IN (?" +
		strings.Repeat(", ?", len(ids)-1) + ")", args
}

// takePositions moves a feed on by n and returns its last position.
func takePositions(ctx context.Context, tx *sqlx.Tx, registryID string, n int) (int64, error) {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE feeds SET position = position + ? WHERE registry_id = ?", n, registryID))
	if errors.Is(err, errNotOne) {
		err = insertFeed(ctx, tx, registryID, n)
	}
	if err != nil {
		return 0, fmt.Errorf("moving a feed on: %w", err)
	}
	var last int64
	if err = tx.GetContext(ctx, &last, "SELECT position FROM feeds WHERE registry_id = ?", registryID); err != nil {
		return 0, fmt.Errorf("reading a feed's position: %w", err)
	}
	return last, nil
}

// insertFeed begins a feed where the positions of the database's epoch begin: a registry that is new here may have had a
// feed in the time that a restore has lost.
func insertFeed(ctx context.Context, tx *sqlx.Tx, registryID string, n int) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO feeds (registry_id, position) SELECT ?, (epoch - 1) * ? + ? FROM database_epoch WHERE id = 1",
		registryID, positionsPerEpoch, n)
	return raced(err)
}
