package crowd

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

// finding is a query for todos that must not exist.
type finding struct{ what, query string }

// findings query the tables directly, independently of the server's code.
func findings() []finding {
	return []finding{
		{"it has several confirmations", `SELECT todo_id FROM confirmations GROUP BY todo_id HAVING COUNT(*) > 1`},
		{"it shares its verification with another", `SELECT todo_id FROM confirmations WHERE verification_id IN
			(SELECT verification_id FROM confirmations WHERE verification_id IS NOT NULL GROUP BY verification_id HAVING COUNT(*) > 1)`},
		{"it was not confirmed by a consumed verification of its own", `SELECT c.todo_id FROM confirmations c
			LEFT JOIN verifications v ON v.id = c.verification_id AND v.purpose = 'confirm' AND v.state = 'consumed'
				AND v.todo_id = c.todo_id AND v.revision = c.revision AND v.content_digest = c.content_digest
				AND v.subject_id = c.subject_id AND v.account_id = c.account_id AND v.passed_at > 0 AND v.passed_at <= c.answered_at
			WHERE c.decision = 'confirmed' AND v.id IS NULL`},
		{"no passed face of its own stands behind it", `SELECT c.todo_id FROM confirmations c
			LEFT JOIN checks k ON k.verification_id = c.verification_id AND k.kind = 'face' AND k.state = 'passed'
			LEFT JOIN attempts a ON a.id = k.attempt_id AND a.verification_id = c.verification_id AND a.state = 'passed'
				AND a.subject_id = c.subject_id AND a.settled_at <= c.answered_at
			WHERE c.decision = 'confirmed' AND a.id IS NULL`},
		{"it has several events", `SELECT todo_id FROM events WHERE type = 'todo.confirmed' GROUP BY todo_id HAVING COUNT(*) > 1`},
		{"todo, confirmation and event do not agree", `SELECT t.id FROM todos t
			LEFT JOIN confirmations c ON c.todo_id = t.id AND c.decision = 'confirmed'
			LEFT JOIN events e ON e.todo_id = t.id AND e.type = 'todo.confirmed' AND e.confirmation_id = c.id
			WHERE (t.state = 'confirmed') <> (c.id IS NOT NULL) OR (t.state = 'confirmed') <> (e.id IS NOT NULL)`},
		{"a verification was consumed for nothing", `SELECT v.todo_id FROM verifications v
			LEFT JOIN confirmations c ON c.verification_id = v.id WHERE v.state = 'consumed' AND c.id IS NULL`},
	}
}

// doubledInDatabase returns the todos of all findings, with what is wrong.
func doubledInDatabase(ctx context.Context, db *sql.DB) (map[string]string, error) {
	doubled := map[string]string{}
	for _, f := range findings() {
		ids, err := column(ctx, db, f.query)
		if err != nil {
			return nil, fmt.Errorf("asking whether %s: %w", f.what, err)
		}
		for _, id := range ids {
			doubled[id] = f.what
		}
	}
	return doubled, nil
}

// missingIn returns the acknowledged confirmations that a database does not contain,
// or contains for another todo.
func missingIn(ctx context.Context, db *sql.DB, seen map[string]string) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, todo_id FROM confirmations")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	stored := map[string]string{}
	for rows.Next() {
		var id, todoID string
		if err := rows.Scan(&id, &todoID); err != nil {
			return nil, err
		}
		stored[id] = todoID
	}
	var missing []string
	for id, todoID := range seen {
		if stored[id] != todoID {
			missing = append(missing, id)
		}
	}
	return missing, rows.Err()
}

// column returns the texts of a query with one column.
func column(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var values []string
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

// doubledOutside returns the todos with more than one confirmation according to
// clients, pushes and feed.
func doubledOutside(seen map[string]string, records []registrytest.Record, feed []registrytest.FeedEvent) map[string]string {
	doubled, first := map[string]string{}, map[string]string{}
	note := func(todoID, confirmationID string) {
		if known, found := first[todoID]; found && known != confirmationID {
			doubled[todoID] = "clients and registry know of several confirmations"
		}
		first[todoID] = confirmationID
	}
	for id, todoID := range seen {
		note(todoID, id)
	}
	for _, r := range records {
		if r.Event.Type == todo.EventConfirmed {
			note(r.Event.Data.TodoID, r.Event.Data.ConfirmationID)
		}
	}
	for _, e := range feed {
		if e.Type == todo.EventConfirmed {
			note(e.TodoID, e.ConfirmationID)
		}
	}
	return doubled
}

// epochPositions is the distance between the first positions of two epochs of a database.
const epochPositions = 1_000_000_000

// feedProblems checks that positions begin at one and have no gap but where an epoch
// begins, and that no event is repeated.
func feedProblems(feed []registrytest.FeedEvent) []string {
	var problems []string
	known := map[string]bool{}
	want := int64(0)
	for _, e := range feed {
		if want++; e.Position > want && e.Position%epochPositions == 1 {
			want = e.Position // the database was restored here
		}
		if e.Position != want {
			problems = append(problems, "FEED position "+strconv.FormatInt(e.Position, 10)+" stands where "+strconv.FormatInt(want, 10)+" is due")
			break // all later positions are wrong as well
		}
		if known[e.ID] {
			problems = append(problems, "FEED event "+e.ID+" comes twice")
		}
		known[e.ID] = true
	}
	return problems
}

// problemsInDatabase checks that no event was given up.
func problemsInDatabase(ctx context.Context, name string, db *sql.DB) []string {
	var problems []string
	var dead int
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM events WHERE delivery_state = 'dead'").Scan(&dead); err != nil || dead > 0 {
		problems = append(problems, fmt.Sprintf("DATABASE %d events were given up in %s (%v)", dead, name, err))
	}
	return problems
}
