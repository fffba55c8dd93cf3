package todo_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"renzheng/todo"
)

// agreements is a store of the notifications of one account, with one waiting message.
type agreements struct {
	todo.NotificationStore

	left, most int
	due        todo.DueNotification
	fail       error

	reminded []time.Duration // how long before the end, for each batch

	state todo.NotificationState
	next  time.Time
}

func (a *agreements) Notifications(context.Context, todo.Viewer, time.Time) (int, error) {
	return a.left, a.fail
}

func (a *agreements) AgreeToNotification(_ context.Context, _ todo.Viewer, most int, _ time.Time) error {
	a.left, a.most = a.left+1, most
	return a.fail
}

func (a *agreements) EndNotifications(context.Context, string) error {
	a.left = 0
	return a.fail
}

// QueueReminders has more to remind of than fits in one batch.
func (a *agreements) QueueReminders(_ context.Context, now, by time.Time, limit int) (int, error) {
	if a.fail != nil {
		return 0, a.fail
	}
	a.reminded = append(a.reminded, by.Sub(now))
	if len(a.reminded) == 1 {
		return limit, nil
	}
	return 1, nil
}

func (a *agreements) ClaimNotifications(context.Context, time.Time, time.Time, int) ([]todo.DueNotification, error) {
	return []todo.DueNotification{a.due}, a.fail
}

func (a *agreements) FinishNotification(_ context.Context, _ todo.DueNotification, state todo.NotificationState, next time.Time) error {
	a.state, a.next = state, next
	return a.fail
}

// channel returns the same result for every notification.
type channel struct {
	answer error
	sent   *todo.Notification
}

func (*channel) Template() string { return "template" }

func (c *channel) Notify(_ context.Context, a todo.Notification) error {
	c.sent = &a
	return c.answer
}

func notificationing(a *agreements, c *channel) *todo.Service {
	return todo.New(todo.Deps{
		Notifications: a, Notifiers: map[string]todo.Notifier{"wechat": c}, Registries: registries{},
		Clock: noon, Logger: slog.New(slog.DiscardHandler),
	})
}

func TestNotifications_OfAChannelThatSendsThem(t *testing.T) {
	t.Parallel()
	store := &agreements{}
	rules := notificationing(store, &channel{})
	got, err := rules.AgreeToNotification(t.Context(), todo.Viewer{}, "wechat")
	if err != nil || got != (todo.Notifications{Template: "template", Left: 1}) || store.most != todo.MaxNotifications {
		t.Errorf("got %+v up to %d, %v", got, store.most, err)
	}
	if err = rules.EndNotifications(t.Context(), todo.Viewer{}); err != nil || store.left != 0 {
		t.Errorf("got %d left, %v", store.left, err)
	}
	if got, err = rules.NotificationsOf(t.Context(), todo.Viewer{}, "alipay"); err != nil || got != (todo.Notifications{}) {
		t.Errorf("got %+v, %v of a channel that sends none", got, err)
	}
	if _, err = rules.AgreeToNotification(t.Context(), todo.Viewer{}, "alipay"); !errors.Is(err, todo.ErrNoNotifications) {
		t.Errorf("got %v, want %v", err, todo.ErrNoNotifications)
	}
	store.fail = errStore
	_, agreeErr := rules.AgreeToNotification(t.Context(), todo.Viewer{}, "wechat")
	_, readErr := rules.NotificationsOf(t.Context(), todo.Viewer{}, "wechat")
	for _, err := range []error{agreeErr, readErr, rules.EndNotifications(t.Context(), todo.Viewer{})} {
		if !errors.Is(err, errStore) {
			t.Errorf("got %v, want the store's error", err)
		}
	}
}

// A message is sent once, repeated a few times after failures, and dropped if it has become useless.
func TestSendNotifications_EndsEachMessage(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	now := noon().Truncate(time.Millisecond)
	for name, tt := range map[string]struct {
		change func(*todo.DueNotification)
		answer error
		sent   bool
		state  todo.NotificationState
		pause  time.Duration
	}{
		"taken":                {func(*todo.DueNotification) {}, nil, true, todo.NotificationSent, 0},
		"not agreed to":        {func(*todo.DueNotification) {}, todo.ErrNotAgreed, true, todo.NotificationDropped, 0},
		"failed once":          {func(*todo.DueNotification) {}, broken, true, todo.NotificationPending, time.Minute},
		"failed three times":   {func(d *todo.DueNotification) { d.Attempts = 2 }, broken, true, todo.NotificationPending, 4 * time.Minute},
		"failed four times":    {func(d *todo.DueNotification) { d.Attempts = 3 }, broken, true, todo.NotificationPending, 8 * time.Minute},
		"failed five times":    {func(d *todo.DueNotification) { d.Attempts = 4 }, broken, true, todo.NotificationDropped, 0},
		"answered meanwhile":   {func(d *todo.DueNotification) { d.Open = false }, nil, false, todo.NotificationDropped, 0},
		"expired just now":     {func(d *todo.DueNotification) { d.ExpiresAt = now }, nil, false, todo.NotificationDropped, 0},
		"of an old registry":   {func(d *todo.DueNotification) { d.RegistryID = "gone" }, nil, false, todo.NotificationDropped, 0},
		"of a channel without": {func(d *todo.DueNotification) { d.To.Channel = "alipay" }, nil, false, todo.NotificationDropped, 0},
	} {
		store := &agreements{due: todo.DueNotification{
			Open: true, RegistryID: "sd", To: todo.Recipient{Channel: "wechat"}, ExpiresAt: now.Add(time.Millisecond),
		}}
		tt.change(&store.due)
		c := &channel{answer: tt.answer}
		n, err := notificationing(store, c).SendNotifications(t.Context())
		if err != nil || n != 1 || store.state != tt.state || !store.next.Equal(now.Add(tt.pause)) || (c.sent != nil) != tt.sent {
			t.Errorf("%s: got %s, next in %v, sent %t, %v", name, store.state, store.next.Sub(now), c.sent != nil, err)
		}
	}
}

func TestSendNotifications_TellsWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	store := &agreements{fail: errStore}
	if n, err := notificationing(store, &channel{}).SendNotifications(t.Context()); n != 1 || !errors.Is(err, errStore) || store.state == "" {
		t.Errorf("got %d, %v; want the message ended and the error told", n, err)
	}
}

func TestRemind_LooksADayAheadUntilABatchIsShort(t *testing.T) {
	t.Parallel()
	a := &agreements{}
	n, err := notificationing(a, &channel{}).Remind(t.Context())
	if err != nil || n < 2 || len(a.reminded) != 2 || a.reminded[0] != 24*time.Hour || a.reminded[1] != 24*time.Hour {
		t.Errorf("got %d in batches %v (%v), want two batches a day ahead", n, a.reminded, err)
	}
	a.fail = errors.New("away")
	if _, err := notificationing(a, &channel{}).Remind(t.Context()); !errors.Is(err, a.fail) {
		t.Errorf("got %v, want %v", err, a.fail)
	}
}
