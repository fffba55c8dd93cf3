package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// reminderRow is an account to remind of a revision of a case.
type reminderRow struct {
	AccountID string `db:"account_id"`
	SubjectID string `db:"subject_id"`
	CaseRow   string `db:"case_row"`
	Revision  int64  `db:"revision"`
	TodoID    string `db:"todo_id"`
}

const dueReminders = `SELECT a.account_id, a.subject_id, t.case_row, t.revision, MIN(t.id) AS todo_id
	FROM todos t JOIN notifications a ON a.subject_id = t.subject_id AND a.credits > 0
	LEFT JOIN notification_messages m ON m.account_id = a.account_id AND m.case_row = t.case_row AND m.revision = t.revision
		AND m.kind = 'reminder'
	WHERE t.state = 'open' AND t.expires_at > ? AND t.expires_at <= ? AND m.account_id IS NULL
	GROUP BY a.account_id, a.subject_id, t.case_row, t.revision ORDER BY MIN(t.expires_at) LIMIT ?`

// QueueReminders implements [todo.NotificationStore].
func (s *Store) QueueReminders(ctx context.Context, now, by time.Time, limit int) (int, error) {
	var rows []reminderRow
	if err := s.read.SelectContext(ctx, &rows, dueReminders, ms(now), ms(by), limit); err != nil {
		return 0, fmt.Errorf("finding todos to remind of: %w", err)
	}
	for _, row := range rows {
		err := s.tx(ctx, func(tx *sqlx.Tx) error { return queueReminder(ctx, tx, row, now) })
		if err != nil && !errors.Is(err, errNotOne) && !isDuplicate(err) { // the agreement was used meanwhile, or another replica was first
			return 0, fmt.Errorf("making a reminder: %w", err)
		}
	}
	return len(rows), nil
}

// queueReminder uses up one agreement for one message.
func queueReminder(ctx context.Context, tx *sqlx.Tx, row reminderRow, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE notifications SET credits = credits - 1 WHERE account_id = ? AND subject_id = ? AND credits > 0",
		row.AccountID, row.SubjectID))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO notification_messages (account_id, case_row, revision, kind, todo_id, state, created_at, next_at)
		VALUES (?, ?, ?, 'reminder', ?, 'pending', ?, ?)`, row.AccountID, row.CaseRow, row.Revision, row.TodoID, ms(now), ms(now))
	return err
}
