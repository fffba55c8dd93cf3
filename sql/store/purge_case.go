package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
	"renzheng/todo"
)

// Cases are found in two steps. First, each case that ended long ago is entered into case_ends once, with its last answer,
// in the order in which cases were received: looking at every old case again each time would read the whole table. Then
// those of case_ends are erased whose period is over.
const (
	dueAnswered = `SELECT e.case_row FROM case_ends e
		WHERE e.registry_id = ? AND e.erased_at = 0 AND e.answered_at > 0 AND e.answered_at <= ?`
	dueUnanswered = `SELECT e.case_row FROM case_ends e JOIN cases c ON c.id = e.case_row
		WHERE e.registry_id = ? AND e.erased_at = 0 AND e.answered_at = 0 AND c.received_at <= ?`
	dueUnentered = `SELECT c.id FROM cases c WHERE c.registry_id = ? AND c.received_at <= ? AND c.state <> 'erased'
		AND c.received_at >= COALESCE((SELECT u.received_at FROM case_cursors u WHERE u.registry_id = c.registry_id), 0)
		AND NOT EXISTS (SELECT 1 FROM case_ends e WHERE e.case_row = c.id)
		AND NOT EXISTS (SELECT 1 FROM todos t WHERE t.case_row = c.id AND t.answered_at > 0)`

	heldEnd = `SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = e.case_row
		UNION ALL SELECT 1 FROM legal_holds h JOIN todos t ON t.subject_id = h.owner_id WHERE h.lifted_at = 0 AND t.case_row = e.case_row`
	heldCase = `SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id = c.id
		UNION ALL SELECT 1 FROM legal_holds h JOIN todos t ON t.subject_id = h.owner_id WHERE h.lifted_at = 0 AND t.case_row = c.id`
)

// dueCases returns how to find the cases of case_ends whose period is over.
func dueCases(c retention.Cut) dueRows {
	if c.Class == retention.AnsweredCases {
		return dueRows{keys: dueAnswered, held: heldEnd, order: "e.answered_at"}
	}
	return dueRows{keys: dueUnanswered, held: heldEnd, order: "e.case_row", at: "c.received_at"}
}

// endedBy returns the time up to which a case was received that the cut selects. A case ends when its last todo does.
func endedBy(c retention.Cut) time.Time {
	if c.Class == retention.AnsweredCases {
		return c.Before
	}
	return c.Before.Add(-todo.Window)
}

func (s *Store) purgeCases(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	entered, err := s.enterCases(ctx, c, limit)
	if err != nil {
		return retention.Batch{}, fmt.Errorf("entering cases that ended: %w", err)
	}
	var ids []string
	if err = s.read.SelectContext(ctx, &ids, dueCases(c).find(), c.Registry, ms(endedBy(c)), limit); err != nil {
		return retention.Batch{}, fmt.Errorf("finding cases whose period is over: %w", err)
	}
	done, err := s.eachInTurn(ctx, ids, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		return s.eraseCase(ctx, tx, caseErasure{id: id, receivedBy: ms(endedBy(c)), answeredBy: answeredBy(c), now: now})
	})
	if err == nil && done.Gone < done.Seen {
		err = s.postponeCases(ctx, ids)
	}
	done.Seen = max(done.Seen, entered)
	return done, err
}

// answeredBy returns the time of the last answer that a case may have.
func answeredBy(c retention.Cut) int64 {
	if c.Class == retention.AnsweredCases {
		return ms(c.Before)
	}
	return 0
}

func (s *Store) countCases(ctx context.Context, c retention.Cut, most int) (retention.Due, error) {
	args := []any{c.Registry, ms(endedBy(c)), most}
	due, err := s.countDue(ctx, dueCases(c), args)
	if err != nil || c.Class == retention.AnsweredCases {
		return due, err
	}
	more, err := s.countDue(ctx, dueRows{keys: dueUnentered, held: heldCase, order: "c.received_at"}, args)
	due.Rows, due.Held = due.Rows+more.Rows, due.Held+more.Held
	if due.Oldest.IsZero() || !more.Oldest.IsZero() && more.Oldest.Before(due.Oldest) {
		due.Oldest = more.Oldest
	}
	if !due.Oldest.IsZero() {
		due.Oldest = due.Oldest.Add(todo.Window)
	}
	return due, err
}

// CaseRegistries implements [retention.Store]. It jumps from one registry to the next in the index.
func (s *Store) CaseRegistries(ctx context.Context) ([]string, error) {
	var ids []string
	for last := ""; ; {
		err := s.read.GetContext(ctx, &last, "SELECT registry_id FROM cases WHERE registry_id > ? ORDER BY registry_id LIMIT 1", last)
		if noRow(err) {
			return ids, nil
		}
		if err != nil {
			return nil, fmt.Errorf("listing the registries of cases: %w", err)
		}
		ids = append(ids, last)
	}
}
