package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/todo"
)

var _ todo.NotificationStore = (*Store)(nil)

// Notifications implements [todo.NotificationStore].
func (s *Store) Notifications(ctx context.Context, v todo.Viewer, now time.Time) (int, error) {
	var left int
	err := s.read.GetContext(ctx, &left, `SELECT a.credits FROM grants g JOIN notifications a ON a.subject_id = g.subject_id
		WHERE `+liveGrant+` AND a.account_id = ?`, append(grantArgs(v, now), v.AccountID)...)
	if noRow(err) {
		return 0, nil
	}
	return left, err
}

// AgreeToNotification implements [todo.NotificationStore].
func (s *Store) AgreeToNotification(ctx context.Context, v todo.Viewer, most int, now time.Time) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE notifications SET credits = CASE WHEN credits < ? THEN credits + 1 ELSE credits END,
			agreed_at = ? WHERE account_id = ? AND subject_id = ? AND EXISTS (SELECT 1 FROM grants g WHERE `+liveGrant+`)`,
			append([]any{most, ms(now), v.AccountID, v.SubjectID}, grantArgs(v, now)...)...))
		if !errors.Is(err, errNotOne) {
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, `INSERT INTO notifications (account_id, subject_id, credits, agreed_at)
			SELECT ?, g.subject_id, 1, ? FROM grants g WHERE `+liveGrant, append([]any{v.AccountID, ms(now)}, grantArgs(v, now)...)...))
		if errors.Is(err, errNotOne) {
			return todo.ErrNotFound
		}
		return raced(err)
	})
}

// EndNotifications implements [todo.NotificationStore].
func (s *Store) EndNotifications(ctx context.Context, accountID string) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error { return endNotifications(ctx, tx, accountID) })
}

func endNotifications(ctx context.Context, tx *sqlx.Tx, accountID string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM notifications WHERE account_id = ?", accountID); err != nil {
		return fmt.Errorf("ending notifications: %w", err)
	}
	_, err := tx.ExecContext(ctx, "UPDATE notification_messages SET state = 'dropped' WHERE account_id = ? AND state = 'pending'", accountID)
	if err != nil {
		return fmt.Errorf("dropping notifications: %w", err)
	}
	return nil
}

// queueNotifications makes a message for each account that agreed to one about somebody for whom this revision opened a todo:
// one, however many roles that person has. An agreement that two pushes at once both take is refused by the channel.
func queueNotifications(ctx context.Context, tx *sqlx.Tx, p todo.CasePlan) error {
	if len(p.Open) == 0 {
		return nil
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO notification_messages (account_id, case_row, revision, kind, todo_id, state, created_at, next_at)
		SELECT a.account_id, t.case_row, t.revision, 'arrival', MIN(t.id), 'pending', ?, ?
		FROM todos t JOIN notifications a ON a.subject_id = t.subject_id AND a.credits > 0
		WHERE t.case_row = ? AND t.revision = ? AND t.state = 'open' GROUP BY a.account_id, t.case_row, t.revision`,
		ms(p.Now), ms(p.Now), p.Case.ID, p.Case.Revision)
	if err != nil {
		return fmt.Errorf("making notifications: %w", err)
	}
	if made, failed := result.RowsAffected(); failed != nil || made == 0 {
		return failed
	}
	_, err = tx.ExecContext(ctx, `UPDATE notifications SET credits = credits - 1 WHERE credits > 0
		AND account_id IN (SELECT account_id FROM notification_messages WHERE case_row = ? AND revision = ?)
		AND EXISTS (SELECT 1 FROM notification_messages m JOIN todos t ON t.id = m.todo_id WHERE m.account_id = notifications.account_id
			AND m.case_row = ? AND m.revision = ? AND t.subject_id = notifications.subject_id)`,
		p.Case.ID, p.Case.Revision, p.Case.ID, p.Case.Revision)
	if err != nil {
		return fmt.Errorf("counting notifications: %w", err)
	}
	return nil
}

// dueNotificationRow is a message with its account and the todo that it is about.
type dueNotificationRow struct {
	AccountID  string `db:"account_id"`
	CaseRow    string `db:"case_row"`
	Revision   int64  `db:"revision"`
	Kind       string `db:"kind"`
	Attempts   int    `db:"attempts"`
	NextAt     int64  `db:"next_at"`
	State      string `db:"state"`
	RegistryID string `db:"registry_id"`
	OpenedAt   int64  `db:"opened_at"`
	ExpiresAt  int64  `db:"expires_at"`
	Channel    string `db:"channel"`
	AppID      string `db:"app_id"`
	UserKind   string `db:"user_kind"`
	UserCipher []byte `db:"user_cipher"`
	Wrapped    []byte `db:"wrapped"`
}

const dueNotifications = `SELECT m.account_id, m.case_row, m.revision, m.kind, m.attempts, m.next_at, t.state, t.registry_id, t.opened_at, t.expires_at,
	a.channel, a.app_id, a.user_kind, a.user_cipher, k.wrapped
	FROM notification_messages m JOIN todos t ON t.id = m.todo_id JOIN accounts a ON a.id = m.account_id JOIN data_keys k ON k.owner_id = a.id
	WHERE m.state = 'pending' AND m.next_at <= ? ORDER BY m.next_at LIMIT ?`

// ClaimNotifications implements [todo.NotificationStore].
func (s *Store) ClaimNotifications(ctx context.Context, now, leaseUntil time.Time, limit int) ([]todo.DueNotification, error) {
	var rows []dueNotificationRow
	if err := s.read.SelectContext(ctx, &rows, dueNotifications, ms(now), limit); err != nil {
		return nil, fmt.Errorf("finding due notifications: %w", err)
	}
	var due []todo.DueNotification
	var problems []error
	for _, row := range rows {
		matched, err := s.exec(ctx, `UPDATE notification_messages SET next_at = ?, attempts = attempts + 1
			WHERE account_id = ? AND case_row = ? AND revision = ? AND kind = ? AND state = 'pending' AND next_at = ?`,
			ms(leaseUntil), row.AccountID, row.CaseRow, row.Revision, row.Kind, row.NextAt)
		if err == nil && matched == 1 {
			var d todo.DueNotification
			if d, err = s.dueNotification(row); err == nil {
				due = append(due, d)
			}
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("claiming a notification: %w", err))
		}
	}
	return due, errors.Join(problems...)
}

func (s *Store) dueNotification(row dueNotificationRow) (todo.DueNotification, error) {
	key, err := s.unwrap(row.AccountID, row.Wrapped)
	if err != nil {
		return todo.DueNotification{}, err
	}
	user, err := key.Open(accountAAD(row.AccountID), row.UserCipher)
	if err != nil {
		return todo.DueNotification{}, err
	}
	return todo.DueNotification{
		AccountID: row.AccountID, CaseRow: row.CaseRow, Revision: row.Revision, Kind: todo.NotificationKind(row.Kind), Attempts: row.Attempts,
		Open: row.State == string(todo.Open), RegistryID: row.RegistryID,
		To: todo.Recipient{
			Channel: row.Channel, AppID: row.AppID, UserKind: row.UserKind,
			User: identity.NewChannelUser(row.AppID, row.UserKind, string(user)),
		},
		ArrivedAt: fromMs(row.OpenedAt), ExpiresAt: fromMs(row.ExpiresAt),
	}, nil
}

// FinishNotification implements [todo.NotificationStore]. One that was taken back meanwhile stays dropped.
func (s *Store) FinishNotification(ctx context.Context, d todo.DueNotification, state todo.NotificationState, next time.Time) error {
	_, err := s.exec(ctx, `UPDATE notification_messages SET state = ?, next_at = ?
		WHERE account_id = ? AND case_row = ? AND revision = ? AND kind = ? AND state = 'pending'`,
		string(state), ms(next), d.AccountID, d.CaseRow, d.Revision, string(d.Kind))
	return err
}
