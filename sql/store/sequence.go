package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

var _ todo.EventStore = (*Store)(nil)

// Sequence implements [todo.EventStore]. The lease spares work; that two replicas never give one position twice is
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

// unsequenced gives the oldest events that have no position, by registry, and the registries in an order of their own,
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

// giveSequence gives the next positions of a feed to events.
func giveSequence(ctx context.Context, tx *sqlx.Tx, registryID string, ids []string) error {
	last, err := takePositions(ctx, tx, registryID, len(ids))
	if err != nil {
		return err
	}
	first := last - int64(len(ids)) + 1
	for i, id := range ids {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE events SET position = ? WHERE id = ? AND position IS NULL", first+int64(i), id))
		if errors.Is(err, errNotOne) {
			return errRace // another replica gave it one before the feed was ours
		}
		if err != nil {
			return fmt.Errorf("giving a position: %w", err)
		}
	}
	return nil
}

// takePositions moves a feed on by n and gives its last position.
func takePositions(ctx context.Context, tx *sqlx.Tx, registryID string, n int) (int64, error) {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE feeds SET position = position + ? WHERE registry_id = ?", n, registryID))
	if errors.Is(err, errNotOne) {
		_, err = tx.ExecContext(ctx, "INSERT INTO feeds (registry_id, position) VALUES (?, ?)", registryID, n)
		err = raced(err)
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
