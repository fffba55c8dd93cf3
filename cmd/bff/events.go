package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/todo"
)

// eventsCommand shows how events get to their registries. What it prints has
// neither cases nor signers in it.
type eventsCommand struct {
	List      eventsListCommand      `cmd:"" help:"List events, the newest last: those that were not delivered, unless --state says otherwise."`
	Show      eventsShowCommand      `cmd:"" help:"Show one event and what waits for it."`
	Redeliver eventsRedeliverCommand `cmd:"" help:"Make events due again, whether dead, pending or delivered. Their ids stay the same."`
}

// eventsListCommand lists events.
type eventsListCommand struct {
	config.Storage `embed:""`

	Registry string               `help:"Id of a registry; all by default."`
	State    []todo.DeliveryState `help:"pending, dead or delivered, separated by commas." enum:"pending,dead,delivered" default:"pending,dead"`
	Since    string               `help:"Only events made since then: a time such as 2026-12-01T08:00:00+08:00, or for how long, such as 24h."`
	Limit    int                  `help:"Number of events to list, the newest." default:"100"`
	JSON     bool                 `name:"json" help:"Print one JSON object a line."`
}

// Run prints a table, or lines of JSON.
func (c *eventsListCommand) Run() error {
	since, err := sinceOf(c.Since, time.Now())
	if err != nil {
		return err
	}
	if c.Limit < 1 {
		return errors.New("--limit must be at least 1")
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		events, err := db.ListEvents(ctx, store.EventFilter{Registry: c.Registry, States: c.State, Since: since, Limit: c.Limit})
		if err != nil {
			return err
		}
		if c.JSON {
			return writeEventLines(os.Stdout, events)
		}
		return writeEventTable(os.Stdout, events, time.Now())
	})
}

// sinceOf returns the time of --since: a time, or a duration before now.
func sinceOf(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if ago, err := time.ParseDuration(text); err == nil && ago > 0 {
		return now.Add(-ago), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, errors.New("--since must be a time such as 2026-12-01T08:00:00+08:00, or a duration such as 24h")
	}
	return at, nil
}

// eventsShowCommand shows one event.
type eventsShowCommand struct {
	config.Storage `embed:""`

	ID string `arg:"" help:"Id of the event, such as evt_…"`
}

// Run prints the event and the undelivered events of its case.
func (c *eventsShowCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		event, waiting, err := db.EventState(ctx, c.ID)
		if errors.Is(err, todo.ErrNotFound) {
			return fmt.Errorf("there is no event %s", c.ID)
		}
		if err != nil {
			return err
		}
		return writeEvent(os.Stdout, event, waiting, time.Now())
	})
}

// eventsRedeliverCommand makes events due again.
type eventsRedeliverCommand struct {
	config.Storage `embed:""`

	IDs  []string `arg:"" name:"id" optional:"" help:"Ids of events."`
	Dead string   `help:"Id of a registry: all its dead letters, up to 1000."`
}

const mostRedelivered = 1000

// Run makes them due. What cannot be is reported, and the others are still made due.
func (c *eventsRedeliverCommand) Run() error {
	if (len(c.IDs) > 0) == (c.Dead != "") {
		return errors.New("name events, or a registry with --dead")
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		ids := c.IDs
		if c.Dead != "" {
			dead, err := db.ListEvents(ctx, store.EventFilter{
				Registry: c.Dead, States: []todo.DeliveryState{todo.DeliveryDead}, Limit: mostRedelivered,
			})
			if err != nil {
				return err
			}
			for _, event := range dead {
				ids = append(ids, event.ID)
			}
		}
		return redeliver(ctx, db, os.Stdout, ids)
	})
}

func redeliver(ctx context.Context, db *store.Store, w io.Writer, ids []string) error {
	var problems []error
	due := 0
	for _, id := range ids {
		event, _, err := db.EventState(ctx, id)
		if err == nil {
			err = db.Redeliver(ctx, event.RegistryID, id, time.Now())
		}
		switch {
		case err == nil:
			due++
		case errors.Is(err, todo.ErrNotFound):
			problems = append(problems, fmt.Errorf("%s: there is no such event, or it has no position in its feed yet", id))
		default:
			problems = append(problems, err)
		}
	}
	_, err := fmt.Fprintf(w, "%d of %d events are due now; a running server delivers them\n", due, len(ids))
	return errors.Join(append(problems, err)...)
}

// eventJSON is an event for machines.
type eventJSON struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Registry  string    `json:"registry"`
	State     string    `json:"state"`
	Attempts  int       `json:"attempts"`
	Reason    string    `json:"reason,omitempty"`
	Position  int64     `json:"position,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	NextAt    time.Time `json:"next_at,omitzero"`
	Delivered time.Time `json:"delivered_at,omitzero"`
}

// writeEventLines writes a line of JSON for each event.
func writeEventLines(w io.Writer, events []store.EventState) error {
	encoder := json.NewEncoder(w)
	for _, e := range events {
		line := eventJSON{
			ID: e.ID, Type: string(e.Type), Registry: e.RegistryID, State: string(e.State), Attempts: e.Attempts,
			Reason: e.Reason, Position: e.Position, CreatedAt: e.CreatedAt, Delivered: e.DeliveredAt,
		}
		if e.State == todo.DeliveryPending {
			line.NextAt = e.NextAt
		}
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("printing an event: %w", err)
		}
	}
	return nil
}
