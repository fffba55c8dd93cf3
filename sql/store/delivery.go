package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

const maxReason = 64 // characters; as wide as the column

const (
	// dueDeliveries finds due events. An event waits for every earlier one of its case, so what a registry learns of a
	// case is in order, and a dead letter holds back its own case only.
	dueDeliveries = `SELECT e.id FROM events e
		WHERE e.registry_id = ? AND e.delivery_state = 'pending' AND e.next_at <= ? AND e.lease_until <= ? AND e.position IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM events b WHERE b.case_row = e.case_row AND b.delivery_state IN ('pending', 'dead')
			AND b.position < e.position)
		ORDER BY e.next_at, e.position LIMIT ?`

	// claimDeliveries leases those of them that nobody has taken meanwhile.
	claimDeliveries = `UPDATE events SET lease = ?, lease_until = ?, attempts = attempts + 1
		WHERE id IN (?) AND delivery_state = 'pending' AND next_at <= ? AND lease_until <= ?`
)

// ClaimDeliveries implements [todo.EventStore]. The attempt counts when it is claimed, so that one that takes its
// worker down with it ends as a dead letter too. It looks before it writes: most of the time nothing is due, and a
// look locks nothing.
func (s *Store) ClaimDeliveries(
	ctx context.Context, registryID string, now, leaseUntil time.Time, limit int,
) ([]todo.Delivery, error) {
	var due []string
	err := s.read.SelectContext(ctx, &due, dueDeliveries, registryID, ms(now), ms(now), limit)
	if err != nil {
		return nil, fmt.Errorf("finding due deliveries: %w", err)
	}
	if len(due) == 0 {
		return nil, nil
	}
	lease, err := s.newID("")
	if err != nil {
		return nil, err
	}
	query, args, err := in(claimDeliveries, lease, ms(leaseUntil), due, ms(now), ms(now))
	if err != nil {
		return nil, err
	}
	claimed, err := s.exec(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("claiming deliveries: %w", err)
	}
	if claimed == 0 {
		return nil, nil
	}
	var rows []eventRow
	if err = s.read.SelectContext(ctx, &rows, selectEvents+` WHERE e.lease = ? ORDER BY e.position`, lease); err != nil {
		return nil, fmt.Errorf("reading claimed deliveries: %w", err)
	}
	deliveries := make([]todo.Delivery, len(rows))
	for i, row := range rows {
		deliveries[i] = todo.Delivery{Event: row.event(), Attempts: row.Attempts - 1, Lease: lease}
	}
	return deliveries, nil
}

// FinishDeliveries implements [todo.EventStore].
func (s *Store) FinishDeliveries(ctx context.Context, results []todo.DeliveryResult) (int, error) {
	finished := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		finished = 0
		for _, r := range results {
			err := finishDelivery(ctx, tx, r)
			if errors.Is(err, errNotOne) {
				continue // the lease ran out, and whoever holds it now will finish
			}
			if err != nil {
				return err
			}
			finished++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("finishing deliveries: %w", err)
	}
	return finished, nil
}

func finishDelivery(ctx context.Context, tx *sqlx.Tx, r todo.DeliveryResult) error {
	var deliveredAt time.Time
	if r.State == todo.DeliveryDelivered {
		deliveredAt = r.Now
	}
	return exactlyOne(tx.ExecContext(ctx, `UPDATE events SET delivery_state = ?, next_at = ?, lease = '', lease_until = 0, reason = ?,
		delivered_at = ? WHERE id = ? AND lease = ?`,
		string(r.State), ms(r.NextAt), r.Reason[:min(len(r.Reason), maxReason)], ms(deliveredAt), r.EventID, r.Lease))
}

// Redeliver implements [todo.EventStore].
func (s *Store) Redeliver(ctx context.Context, registryID, eventID string, now time.Time) error {
	matched, err := s.exec(ctx, `UPDATE events SET delivery_state = 'pending', attempts = 0, next_at = ?, lease = '',
		lease_until = 0, reason = '', delivered_at = 0 WHERE id = ? AND registry_id = ? AND position IS NOT NULL`,
		ms(now), eventID, registryID)
	if err != nil {
		return fmt.Errorf("making an event due again: %w", err)
	}
	if matched != 1 {
		return todo.ErrNotFound
	}
	return nil
}
