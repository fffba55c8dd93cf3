package todo

import (
	"context"
	"time"
)

// DueNotification is a message that a worker has taken up.
type DueNotification struct {
	AccountID, CaseRow string
	Revision           int64
	Kind               NotificationKind
	Attempts           int // earlier ones
	Open               bool
	RegistryID         string
	To                 Recipient
	ArrivedAt          time.Time
	ExpiresAt          time.Time
}

// NotificationKind is why a message is sent.
type NotificationKind string

// The kinds of messages.
const (
	ArrivalNotification  NotificationKind = "arrival"  // a todo was opened
	ReminderNotification NotificationKind = "reminder" // a todo is open and ends soon
)

// NotificationState is how a message stands.
type NotificationState string

// The states of a message.
const (
	NotificationPending NotificationState = "pending"
	NotificationSent    NotificationState = "sent"
	NotificationDropped NotificationState = "dropped" // not agreed to, no longer of use, or given up
)

// NotificationStore keeps agreements and messages. Messages of arrivals are made by ApplyCase, in
// the transaction that opens the todos.
type NotificationStore interface {
	// Notifications returns how many messages the viewer's account will still get about
	// the viewer's subject, 0 where its grant has ended.
	Notifications(ctx context.Context, v Viewer, now time.Time) (int, error)
	// AgreeToNotification adds one, up to most, where the viewer's grant lives. ErrNotFound.
	AgreeToNotification(ctx context.Context, v Viewer, most int, now time.Time) error
	// EndNotifications takes the account's agreements back, for every subject, with the
	// messages that wait.
	EndNotifications(ctx context.Context, accountID string) error
	// QueueReminders makes a message for each account that has an agreement left and whose
	// todos end between now and by, once for each revision of a case, and uses up one
	// agreement for each. It returns how many it made.
	QueueReminders(ctx context.Context, now, by time.Time, limit int) (int, error)
	// ClaimNotifications takes up to limit due messages until leaseUntil, each by one
	// replica. One that cannot be read is an error; the others are still returned.
	ClaimNotifications(ctx context.Context, now, leaseUntil time.Time, limit int) ([]DueNotification, error)
	// FinishNotification writes down how a message stands; next is when a pending one is due.
	FinishNotification(ctx context.Context, d DueNotification, state NotificationState, next time.Time) error
}
