package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"renzheng/todo"
)

// EventFilter selects events for an operator.
type EventFilter struct {
	Registry string               // "" = every registry
	States   []todo.DeliveryState // one or more
	Since    time.Time            // zero = from the beginning
	Limit    int
}

// EventState is an event's way to its registry. It has nothing personal: neither the
// case nor the signer.
type EventState struct {
	ID          string
	Type        todo.EventType
	RegistryID  string
	State       todo.DeliveryState
	Attempts    int
	Reason      string // why the last attempt failed; "" if none did
	Position    int64  // in the registry's feed; 0 = not yet sequenced
	CreatedAt   time.Time
	NextAt      time.Time // of the next attempt, if it is pending
	DeliveredAt time.Time // zero if it was not delivered
}

type eventStateRow struct {
	ID          string `db:"id"`
	Type        string `db:"type"`
	RegistryID  string `db:"registry_id"`
	CaseRow     string `db:"case_row"`
	State       string `db:"delivery_state"`
	Attempts    int    `db:"attempts"`
	Reason      string `db:"reason"`
	Position    int64  `db:"position"`
	CreatedAt   int64  `db:"created_at"`
	NextAt      int64  `db:"next_at"`
	DeliveredAt int64  `db:"delivered_at"`
}

const selectEventStates = `SELECT id, type, registry_id, case_row, delivery_state, attempts, reason, COALESCE(position, 0) AS position,
	created_at, next_at, delivered_at FROM events `

func (r eventStateRow) state() EventState {
	return EventState{
		ID: r.ID, Type: todo.EventType(r.Type), RegistryID: r.RegistryID, State: todo.DeliveryState(r.State), Attempts: r.Attempts,
		Reason: r.Reason, Position: r.Position, CreatedAt: fromMs(r.CreatedAt), NextAt: fromMs(r.NextAt), DeliveredAt: fromMs(r.DeliveredAt),
	}
}

// ListEvents returns the newest events that a filter selects, the oldest of them
// first. For each registry and state it reads the end of an index: an event is never
// due before it was made.
func (s *Store) ListEvents(ctx context.Context, f EventFilter) ([]EventState, error) {
	registries := []string{f.Registry}
	if f.Registry == "" {
		var err error
		if registries, err = s.registriesWithEvents(ctx); err != nil {
			return nil, err
		}
	}
	var found []EventState
	for _, registry := range registries {
		for _, state := range f.States {
			var rows []eventStateRow
			err := s.read.SelectContext(ctx, &rows, selectEventStates+`WHERE registry_id = ? AND delivery_state = ? AND next_at >= ?
				AND created_at >= ? ORDER BY next_at DESC LIMIT ?`, registry, string(state), ms(f.Since), ms(f.Since), f.Limit)
			if err != nil {
				return nil, fmt.Errorf("listing events: %w", err)
			}
			for _, row := range rows {
				found = append(found, row.state())
			}
		}
	}
	slices.SortFunc(found, func(a, b EventState) int { return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID)) })
	return found[max(0, len(found)-f.Limit):], nil
}

// registriesWithEvents returns the ids of the registries that have events.
func (s *Store) registriesWithEvents(ctx context.Context) ([]string, error) {
	var ids []string
	err := s.read.SelectContext(ctx, &ids, `SELECT registry_id FROM feeds UNION
		SELECT registry_id FROM (SELECT registry_id FROM events WHERE position IS NULL LIMIT ?) bounded ORDER BY registry_id`, BacklogMost)
	if err != nil {
		return nil, fmt.Errorf("listing the registries with events: %w", err)
	}
	return ids, nil
}

// EventState returns one event, and the undelivered events of its case in their
// order, itself among them: each waits for the ones before it. todo.ErrNotFound.
func (s *Store) EventState(ctx context.Context, id string) (EventState, []EventState, error) {
	var row eventStateRow
	err := s.read.GetContext(ctx, &row, selectEventStates+"WHERE id = ?", id)
	if noRow(err) {
		return EventState{}, nil, todo.ErrNotFound
	}
	var rows []eventStateRow
	if err == nil {
		err = s.read.SelectContext(ctx, &rows, selectEventStates+`WHERE case_row = ? AND delivery_state IN ('pending', 'dead')
			ORDER BY created_at, id LIMIT ?`, row.CaseRow, BacklogMost)
	}
	if err != nil {
		return EventState{}, nil, fmt.Errorf("reading an event: %w", err)
	}
	waiting := make([]EventState, len(rows))
	for i, r := range rows {
		waiting[i] = r.state()
	}
	return row.state(), waiting, nil
}
