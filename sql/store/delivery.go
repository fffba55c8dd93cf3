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
		delivered, others := byLease(results)
		var err error
		if finished, err = finishDelivered(ctx, tx, delivered); err != nil {
			return err
		}
		for _, r := range others {
			err = finishDelivery(ctx, tx, r)
			if errors.Is(err, errNotOne) {
				continue // the lease ran out; its present holder will finish
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

// byLease puts together what was delivered under one lease, and apart what was not.
func byLease(results []todo.DeliveryResult) (delivered map[string][]todo.DeliveryResult, others []todo.DeliveryResult) {
	delivered = map[string][]todo.DeliveryResult{}
	for _, r := range results {
		if r.State == todo.DeliveryDelivered {
			delivered[r.Lease] = append(delivered[r.Lease], r)
		} else {
			others = append(others, r)
		}
	}
	return delivered, others
}

// finishDelivered writes down what arrived, a statement for each lease, and returns how many: those whose lease ran out
// are finished by its present holder.
func finishDelivered(ctx context.Context, tx *sqlx.Tx, delivered map[string][]todo.DeliveryResult) (int, error) {
	finished := 0
	for lease, results := range delivered {
		ids, last := make([]string, len(results)), ms(results[len(results)-1].Now)
		for i, r := range results {
			ids[i] = r.EventID
		}
		query, args, err := in(`UPDATE events SET delivery_state = 'delivered', next_at = ?, lease = '', lease_until = 0, reason = '',
			delivered_at = ? WHERE id IN (?) AND lease = ?`, last, last, ids, lease)
		if err != nil {
			return 0, err
		}
		result, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return 0, err
		}
		matched, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		finished += int(matched)
	}
	return finished, nil
}

// finishDelivery writes down one that has to be tried again, or never.
func finishDelivery(ctx context.Context, tx *sqlx.Tx, r todo.DeliveryResult) error {
	return exactlyOne(tx.ExecContext(ctx, `UPDATE events SET delivery_state = ?, next_at = ?, lease = '', lease_until = 0, reason = ?
		WHERE id = ? AND lease = ?`,
		string(r.State), ms(r.NextAt), r.Reason[:min(len(r.Reason), maxReason)], r.EventID, r.Lease))
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
