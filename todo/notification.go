package todo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Limits of notifications.
const (
	MaxNotifications  = 10 // messages a person can agree to in advance
	notificationBatch = 20
	notificationCall  = 10 * time.Second
	notificationLease = (notificationBatch + 1) * notificationCall // a batch that hangs on every message
	notificationTries = 5                                          // the pauses double from notificationPause: half an hour, then the person has seen the list
	notificationPause = time.Minute
)

// Kinds of failure of notifications.
var (
	ErrNoNotifications = errors.New("channel sends no notifications")
	ErrNotAgreed       = errors.New("channel knows of no agreement to this message") // asking again is of no use
)

// Recipient is an account as its channel knows it.
type Recipient struct {
	Channel, AppID, UserKind string
	User                     interface{ Reveal() string } // personal
}

// Notification is a message that a todo has arrived. It says neither who nor what: it
// lies open on a locked screen.
type Notification struct {
	To        Recipient
	Registry  string // its name, from our configuration
	ArrivedAt time.Time
	ExpiresAt time.Time
}

// Notifier sends notifications in a channel. The channel asks its person for each
// message before (WeChat: one-time subscription), by a template of its own.
type Notifier interface {
	// Template is what the channel's client asks the person for.
	Template() string
	// Notify sends one. ErrNotAgreed; any other error leaves open whether it was
	// sent, and sending it again does no harm, since an agreement counts once.
	Notify(ctx context.Context, a Notification) error
}

// Notifications is what a person has agreed to.
type Notifications struct {
	Template string // "" where the channel sends none
	Left     int    // messages still to come
}

// DueNotification is a message that a worker has taken up.
type DueNotification struct {
	AccountID, CaseRow string
	Revision           int64
	Attempts           int // earlier ones
	Open               bool
	RegistryID         string
	To                 Recipient
	ArrivedAt          time.Time
	ExpiresAt          time.Time
}

// NotificationState is how a message stands.
type NotificationState string

// The states of a message.
const (
	NotificationPending NotificationState = "pending"
	NotificationSent    NotificationState = "sent"
	NotificationDropped NotificationState = "dropped" // not agreed to, no longer of use, or given up
)

// NotificationStore keeps agreements and messages. Messages are made by ApplyCase, in
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
	// ClaimNotifications takes up to limit due messages until leaseUntil, each by one
	// replica. One that cannot be read is an error; the others are still returned.
	ClaimNotifications(ctx context.Context, now, leaseUntil time.Time, limit int) ([]DueNotification, error)
	// FinishNotification writes down how a message stands; next is when a pending one is due.
	FinishNotification(ctx context.Context, d DueNotification, state NotificationState, next time.Time) error
}

// NotificationsOf returns what the viewer's account has agreed to.
func (s *Service) NotificationsOf(ctx context.Context, v Viewer, channel string) (Notifications, error) {
	notifier, ok := s.Notifiers[channel]
	if !ok {
		return Notifications{}, nil
	}
	left, err := s.Notifications.Notifications(ctx, v, s.now())
	if err != nil {
		return Notifications{}, fmt.Errorf("reading notifications: %w", err)
	}
	return Notifications{Template: notifier.Template(), Left: left}, nil
}

// AgreeToNotification records that the person agreed to one more message. The client's
// word is enough: the channel sends nothing that its person did not agree to.
//
// Errors: ErrNoNotifications, ErrNotFound without a live grant.
func (s *Service) AgreeToNotification(ctx context.Context, v Viewer, channel string) (Notifications, error) {
	if _, ok := s.Notifiers[channel]; !ok {
		return Notifications{}, ErrNoNotifications
	}
	if err := s.Notifications.AgreeToNotification(ctx, v, MaxNotifications, s.now()); err != nil {
		return Notifications{}, fmt.Errorf("agreeing to a notification: %w", err)
	}
	return s.NotificationsOf(ctx, v, channel)
}

// EndNotifications takes all of the account's agreements back.
func (s *Service) EndNotifications(ctx context.Context, v Viewer) error {
	if err := s.Notifications.EndNotifications(ctx, v.AccountID); err != nil {
		return fmt.Errorf("ending notifications: %w", err)
	}
	return nil
}

// SendNotifications sends messages that are due and returns how many it took up.
func (s *Service) SendNotifications(ctx context.Context) (int, error) {
	now := s.now()
	due, err := s.Notifications.ClaimNotifications(ctx, now, now.Add(notificationLease), notificationBatch)
	problems := []error{err}
	for _, d := range due {
		state, next := s.sendNotification(ctx, d)
		if err := s.Notifications.FinishNotification(context.WithoutCancel(ctx), d, state, next); err != nil {
			problems = append(problems, fmt.Errorf("finishing a notification: %w", err))
		}
	}
	return len(due), errors.Join(problems...)
}

// sendNotification sends one and returns its state afterwards.
func (s *Service) sendNotification(ctx context.Context, d DueNotification) (NotificationState, time.Time) {
	now := s.now()
	notifier, ok := s.Notifiers[d.To.Channel]
	registry, configured := s.Registries.Registry(d.RegistryID)
	if !ok || !configured || !d.Open || !now.Before(d.ExpiresAt) {
		return NotificationDropped, now
	}
	called, cancel := context.WithTimeout(context.WithoutCancel(ctx), notificationCall)
	defer cancel()
	err := notifier.Notify(called, Notification{To: d.To, Registry: registry.Name, ArrivedAt: d.ArrivedAt, ExpiresAt: d.ExpiresAt})
	switch {
	case err == nil:
		return NotificationSent, now
	case errors.Is(err, ErrNotAgreed):
		return NotificationDropped, now
	}
	s.Logger.WarnContext(ctx, "notification not sent", slog.String("channel", d.To.Channel), slog.Any("cause", err))
	if d.Attempts+1 >= notificationTries {
		return NotificationDropped, now
	}
	return NotificationPending, now.Add(notificationPause << d.Attempts)
}
