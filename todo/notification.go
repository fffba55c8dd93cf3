package todo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"renzheng/tracing"
)

// Limits of notifications.
const (
	MaxNotifications  = 10 // messages a person can agree to in advance
	notificationBatch = 20
	notificationCall  = 10 * time.Second
	notificationLease = (notificationBatch + 1) * notificationCall // a batch that hangs on every message
	notificationTries = 5                                          // the pauses double from notificationPause: half an hour, then the person has seen the list
	notificationPause = time.Minute
	reminderLead      = 24 * time.Hour // before a todo ends: one more day to sit down for it
)

// Kinds of failure of notifications.
var (
	ErrNoNotifications = errors.New("channel sends no notifications")
	ErrNotAgreed       = errors.New("channel knows of no agreement to this message") // asking again is of no use
)

// Notifications is what a person has agreed to.
type Notifications struct {
	Template string // "" where the channel sends none
	Left     int    // messages still to come
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

// Remind makes messages for todos that end within a day and are still open, and returns how many. A person who agreed to
// messages is reminded once of each revision of a case, by one of these messages.
func (s *Service) Remind(ctx context.Context) (int, error) {
	return untilShort(func() (int, error) {
		now := s.now()
		n, err := s.Notifications.QueueReminders(ctx, now, now.Add(reminderLead), upkeepBatch)
		if err != nil {
			return n, fmt.Errorf("making reminders: %w", err)
		}
		return n, nil
	})
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
func (s *Service) sendNotification(ctx context.Context, d DueNotification) (state NotificationState, _ time.Time) {
	ctx, span := tracing.StartItem(ctx, "todo notify")
	defer func() {
		span.Set(tracing.Outcome, string(state))
		span.End(nil)
	}()
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
