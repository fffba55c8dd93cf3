package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/operations"
	"renzheng/todo"
)

var _ operations.DeliveryStore = (*Store)(nil)

// Undelivered implements [operations.DeliveryStore].
func (s *Store) Undelivered(ctx context.Context, limit int) ([]operations.Delivery, error) {
	events, err := s.ListEvents(ctx, EventFilter{States: []todo.DeliveryState{todo.DeliveryDead, todo.DeliveryPending}, Limit: limit})
	if err != nil {
		return nil, err
	}
	var found []operations.Delivery
	for _, e := range events {
		if e.State == todo.DeliveryPending && e.Attempts == 0 {
			continue // it is on its way
		}
		found = append(found, operations.Delivery{
			EventID: e.ID, Type: string(e.Type), RegistryID: e.RegistryID, State: string(e.State), Attempts: e.Attempts, Reason: e.Reason,
			CreatedAt: e.CreatedAt, NextAt: e.NextAt,
		})
	}
	return found, nil
}

// DeliverAgain implements [operations.DeliveryStore].
func (s *Store) DeliverAgain(ctx context.Context, eventID string, now time.Time) error {
	e, _, err := s.EventState(ctx, eventID)
	if err == nil {
		err = s.Redeliver(ctx, e.RegistryID, eventID, now)
	}
	if errors.Is(err, todo.ErrNotFound) {
		return operations.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("delivering an event again: %w", err)
	}
	return nil
}
