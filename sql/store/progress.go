package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

// AnnounceProgress makes the store write events of progress for these registries, in
// the transaction of their cause. It must be called before the store is used. Without
// it, and while registries returns none, progress costs no statement.
func (s *Store) AnnounceProgress(registries func() []string) { s.progress = registries }

// followers returns the registries that follow the progress of their cases.
func (s *Store) followers() []string {
	if s.progress == nil {
		return nil
	}
	return s.progress()
}

const insertProgress = `INSERT INTO events (id, type, registry_id, case_row, case_id, signer_id, todo_id, revision,
		confirmation_id, created_at, delivery_state, next_at)
	SELECT ?, ?, t.registry_id, t.case_row, t.case_id, t.signer_id, t.id, t.revision, '', ?, 'pending', ?
	FROM todos t WHERE t.state = 'open' AND t.registry_id IN (?)
		AND NOT EXISTS (SELECT 1 FROM events e WHERE e.todo_id = t.id AND e.type = ?) AND `

// announceViewed writes that a todo was shown, unless that is known.
func (s *Store) announceViewed(ctx context.Context, tx *sqlx.Tx, followers []string, t todo.Todo, at time.Time) error {
	return s.announce(ctx, tx, followers, progress{insertProgress + "t.id = ?", todo.EventViewed, t.ID, at})
}

// announceVerified writes that the face for a todo was passed, unless that is known.
func (s *Store) announceVerified(ctx context.Context, tx *sqlx.Tx, verificationID string, at time.Time) error {
	followers := s.followers()
	if len(followers) == 0 {
		return nil
	}
	const bound = "t.id = (SELECT v.todo_id FROM verifications v WHERE v.id = ? AND v.purpose = 'confirm')"
	return s.announce(ctx, tx, followers, progress{insertProgress + bound, todo.EventVerified, verificationID, at})
}

// progress is something that happened to a todo.
type progress struct {
	text string // the statement
	kind todo.EventType
	of   string // the id by which the statement finds the todo
	at   time.Time
}

func (s *Store) announce(ctx context.Context, tx *sqlx.Tx, followers []string, p progress) error {
	id, err := s.newID("evt_")
	if err != nil {
		return err
	}
	query, args, err := in(p.text, id, string(p.kind), ms(p.at), ms(p.at), followers, string(p.kind), p.of)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, query, args...); err != nil && !isDuplicate(err) { // another session was faster
		return fmt.Errorf("announcing progress: %w", err)
	}
	return nil
}
