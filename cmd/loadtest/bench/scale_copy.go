package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
)

// How many rows belong to so many todos: two signers a case, four todos a person, and one todo in five answered.
const (
	todosPerCase    = 2
	todosPerSubject = 4
	todosPerAnswer  = 5
	copiesAtOnce    = 50_000 // rows of one statement
	copiesWithin    = 150    // days, after which no class of rows is due yet
)

// copyPlan copies one row of a table. Its values are SQL expressions of s.seq, the number of the copy; columns
// without one are copied as they are, so that every row is as long as a real one.
type copyPlan struct {
	table, where string // which row is the sample
	key          string // its value
	copies       int
	values       map[string]string
}

// sampleRow is an answered case with one signer.
type sampleRow struct {
	todo, caseRow, subject, confirmation, event string
}

// copySample copies a case with everything that belongs to it, until there are so many todos.
func copySample(ctx context.Context, database, todoID string, todos int, out io.Writer) (err error) {
	db, err := scratch.Open(database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // for the settings of the session
	sample := sampleRow{todo: todoID}
	if err = db.QueryRowContext(ctx, `SELECT c.case_row, c.subject_id, c.id, e.id FROM confirmations c
		JOIN events e ON e.confirmation_id = c.id WHERE c.todo_id = ?`, todoID,
	).Scan(&sample.caseRow, &sample.subject, &sample.confirmation, &sample.event); err != nil {
		return fmt.Errorf("finding the sample: %w", err)
	}
	if _, err = db.ExecContext(ctx, "SET SESSION unique_checks = 0"); err != nil {
		return fmt.Errorf("preparing to copy: %w", err)
	}
	for _, plan := range sample.plans(todos, time.Now()) {
		begun := time.Now()
		if err = plan.run(ctx, db); err != nil {
			return fmt.Errorf("%s: %w", plan.table, err)
		}
		if err = say(out, "  %s: %d rows in %.0f s", plan.table, plan.copies, time.Since(begun).Seconds()); err != nil {
			return err
		}
	}
	return nil
}

// spread returns the id of the copy with a number, which is an SQL expression. The ids lie at equal distances, so
// that random ones fall between any two of them; they are made in their order, which is how an engine takes them best.
func spread(sample, number string, of int) string {
	const space = 1 << 32
	prefix, _, _ := strings.Cut(sample, "_")
	return fmt.Sprintf("CONCAT('%s_', LPAD(LOWER(HEX((%s) * %d)), 8, '0'), REPEAT('f', 24))", prefix, number, space/(of+1))
}

// plans returns what is copied, in the order of ids. A copy was opened more than a week ago, so that no worker finds it.
func (r sampleRow) plans(todos int, now time.Time) []copyPlan {
	cases, subjects, answers := todos/todosPerCase, max(1, todos/todosPerSubject), todos/todosPerAnswer
	const day = "86400000"
	opened := func(number string) string {
		return fmt.Sprintf("%d - (8 + (%s) %% %d) * %s", now.UnixMilli(), number, copiesWithin, day)
	}
	caseOf := func(number string) string { return spread(r.caseRow, number, cases) }
	subjectOf := func(number string) string {
		return spread(r.subject, "1 + ("+number+") % "+strconv.Itoa(subjects), subjects)
	}
	todoOf := func(number string) string { return spread(r.todo, number, todos) }
	caseNumber := func(todo string) string { return fmt.Sprintf("(%s + %d) DIV %d", todo, todosPerCase-1, todosPerCase) }
	answered := fmt.Sprintf("((s.seq - 1) * %d + 1)", todosPerAnswer) // the number of the answered todo
	isAnswered := fmt.Sprintf("s.seq %% %d = 1", todosPerAnswer)
	answer := map[string]string{
		"todo_id": todoOf(answered), "case_row": caseOf(caseNumber(answered)), "case_id": "CONCAT('copy-', " + caseNumber(answered) + ")",
	}
	confirmation := spread(r.confirmation, "s.seq", answers)
	return []copyPlan{
		{"subjects", "id", r.subject, subjects, map[string]string{"id": spread(r.subject, "s.seq", subjects)}},
		{"subject_keys", "subject_id", r.subject, subjects, map[string]string{
			"subject_id": spread(r.subject, "s.seq", subjects), "hash": "UNHEX(SHA2(s.seq, 256))",
		}},
		{"data_keys", "owner_id", r.subject, subjects, map[string]string{"owner_id": spread(r.subject, "s.seq", subjects)}},
		{"cases", "id", r.caseRow, cases, map[string]string{
			"id": caseOf("s.seq"), "case_id": "CONCAT('copy-', s.seq)", "received_at": opened("s.seq * 2"),
		}},
		{"data_keys", "owner_id", r.caseRow, cases, map[string]string{"owner_id": caseOf("s.seq")}},
		{"todos", "id", r.todo, todos, map[string]string{
			"id": todoOf("s.seq"), "case_row": caseOf(caseNumber("s.seq")), "case_id": "CONCAT('copy-', " + caseNumber("s.seq") + ")",
			"signer_id": "CONCAT('S', s.seq % 2)", "subject_id": subjectOf("s.seq"), "state": "IF(" + isAnswered + ", 'confirmed', 'expired')",
			"opened_at": opened("s.seq"), "expires_at": opened("s.seq") + " + 7 * " + day,
			"answered_at": "IF(" + isAnswered + ", " + opened("s.seq") + " + " + day + ", 0)",
		}},
		{"confirmations", "id", r.confirmation, answers, merged(answer, map[string]string{
			"id": confirmation, "subject_id": subjectOf(answered), "verification_id": spread("ver_", "s.seq", answers),
			"answered_at": opened(answered) + " + " + day,
		})},
		{"strokes_used", "confirmation_id", r.confirmation, answers, map[string]string{
			"confirmation_id": confirmation, "subject_id": subjectOf(answered), "hash": "UNHEX(SHA2(s.seq, 256))",
		}},
		{"events", "id", r.event, answers, merged(answer, map[string]string{
			"id": spread(r.event, "s.seq", answers), "confirmation_id": confirmation, "registry_id": "'copies'", "position": "s.seq",
			"created_at": opened(answered) + " + " + day, "delivered_at": opened(answered) + " + " + day, "delivery_state": "'delivered'",
		})},
	}
}

func merged(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// run makes the copies, by MariaDB's tables of numbers.
func (p copyPlan) run(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "CREATE TABLE scale_sample AS SELECT * FROM "+p.table+" WHERE "+p.where+" = ? LIMIT 1", p.key); err != nil {
		return fmt.Errorf("keeping the sample: %w", err)
	}
	columns, err := columnsOf(ctx, db, p.table)
	if err != nil {
		return err
	}
	values := slices.Clone(columns)
	for i, column := range columns {
		if value, ok := p.values[column]; ok {
			values[i] = value
		} else {
			values[i] = "m." + column
		}
	}
	for first := 1; first <= p.copies; first += copiesAtOnce {
		numbers := fmt.Sprintf("seq_%d_to_%d", first, min(first+copiesAtOnce-1, p.copies))
		if _, err = db.ExecContext(ctx, "INSERT INTO "+p.table+" ("+strings.Join(columns, ", ")+") SELECT "+
			strings.Join(values, ", ")+" FROM "+numbers+" s CROSS JOIN scale_sample m"); err != nil {
			return err
		}
	}
	_, err = db.ExecContext(ctx, "DROP TABLE scale_sample")
	return err
}

func columnsOf(ctx context.Context, db *sql.DB, table string) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT column_name FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`, table)
	if err != nil {
		return nil, fmt.Errorf("reading the columns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var columns []string
	for rows.Next() {
		var column string
		if err = rows.Scan(&column); err != nil {
			return nil, fmt.Errorf("reading the columns: %w", err)
		}
		columns = append(columns, column)
	}
	return columns, rows.Err()
}
