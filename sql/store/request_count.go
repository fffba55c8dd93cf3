package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/operations"
)

var (
	_ operations.CountStore   = (*Store)(nil)
	_ operations.BacklogStore = (*Store)(nil)
)

const (
	addToCount = `UPDATE request_counts SET number = number + ?, last_at = CASE WHEN last_at < ? THEN ? ELSE last_at END
		WHERE bucket = ? AND code = ? AND failure = ? AND channel = ? AND registry_id = ? AND step = ?`
	beginCount = "INSERT INTO request_counts (number, last_at, bucket, code, failure, channel, registry_id, step) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)

// AddCounts implements [operations.CountStore]. Every replica locks the rows in one order, so that none waits in a circle.
func (s *Store) AddCounts(ctx context.Context, counts []operations.Count) error {
	sorted := slices.SortedFunc(slices.Values(counts), func(a, b operations.Count) int { return strings.Compare(countKey(a), countKey(b)) })
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		for _, c := range sorted {
			if err := addCount(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("adding to counts: %w", err)
	}
	return nil
}

func countKey(c operations.Count) string {
	return fmt.Sprintf("%013d|%s|%s|%s|%s|%s", ms(c.Bucket), c.Code, c.Failure, c.Channel, c.RegistryID, c.Step)
}

func addCount(ctx context.Context, tx *sqlx.Tx, c operations.Count) error {
	key := []any{ms(c.Bucket), c.Code, c.Failure, c.Channel, c.RegistryID, c.Step}
	err := exactlyOne(tx.ExecContext(ctx, addToCount, append([]any{c.Number, ms(c.LastAt), ms(c.LastAt)}, key...)...))
	if !errors.Is(err, errNotOne) {
		return err
	}
	_, err = tx.ExecContext(ctx, beginCount, append([]any{c.Number, ms(c.LastAt)}, key...)...)
	return raced(err)
}

// Counts implements [operations.CountStore].
func (s *Store) Counts(ctx context.Context, since time.Time) ([]operations.Count, error) {
	var rows []struct {
		Bucket     int64  `db:"bucket"`
		Code       string `db:"code"`
		Failure    string `db:"failure"`
		Channel    string `db:"channel"`
		RegistryID string `db:"registry_id"`
		Step       string `db:"step"`
		Number     int    `db:"number"`
		LastAt     int64  `db:"last_at"`
	}
	err := s.read.SelectContext(ctx, &rows, "SELECT bucket, code, failure, channel, registry_id, step, number, last_at FROM request_counts WHERE bucket >= ?", ms(since))
	if err != nil {
		return nil, fmt.Errorf("reading counts: %w", err)
	}
	found := make([]operations.Count, len(rows))
	for i, r := range rows {
		found[i] = operations.Count{
			Request: operations.Request{Code: r.Code, Failure: r.Failure, Channel: r.Channel, RegistryID: r.RegistryID, Step: r.Step},
			Bucket:  fromMs(r.Bucket), Number: r.Number, LastAt: fromMs(r.LastAt),
		}
	}
	return found, nil
}

// RegistryBacklogs implements [operations.BacklogStore].
func (s *Store) RegistryBacklogs(ctx context.Context, registryIDs []string) ([]operations.Backlog, error) {
	if len(registryIDs) == 0 {
		return nil, nil
	}
	query, args, err := in(deliveryBacklog, registryIDs, BacklogMost)
	if err != nil {
		return nil, err
	}
	var rows []DeliveryBacklog
	if err = s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("counting events of registries: %w", err)
	}
	found := make([]operations.Backlog, len(rows))
	for i, r := range rows {
		found[i] = operations.Backlog{RegistryID: r.RegistryID, State: r.State, Events: r.Events, Oldest: fromMs(r.Oldest)}
	}
	return found, nil
}
