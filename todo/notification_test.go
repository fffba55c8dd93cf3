package todo_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"renzheng/todo"
)

// outbox is a store of notifications that has as many as are asked for, once.
type outbox struct {
	todo.NotificationStore

	lease time.Duration
	ended int
}

func (o *outbox) ClaimNotifications(_ context.Context, now, until time.Time, limit int) ([]todo.DueNotification, error) {
	o.lease = until.Sub(now)
	due := make([]todo.DueNotification, limit)
	for i := range due {
		due[i] = todo.DueNotification{Open: true, To: todo.Recipient{Channel: "wechat"}, ExpiresAt: now.Add(todo.Window)}
	}
	return due, nil
}

func (o *outbox) FinishNotification(context.Context, todo.DueNotification, todo.NotificationState, time.Time) error {
	o.ended++
	return nil
}

// silence is a channel that never answers.
type silence struct{}

func (silence) Template() string { return "" }

func (silence) Notify(ctx context.Context, _ todo.Notification) error {
	<-ctx.Done()
	return ctx.Err()
}

// oneRegistry is known by every id.
type oneRegistry struct{ todo.Registries }

func (oneRegistry) Registry(string) (todo.Registry, bool) { return todo.Registry{}, true }

// Another replica must not take up what is still being sent: the person would
// be told twice, and a second agreement be used up.
func TestSendNotifications_NobodyTakesAHangingBatchUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box := &outbox{}
		s := todo.New(todo.Deps{
			Notifications: box, Notifiers: map[string]todo.Notifier{"wechat": silence{}}, Registries: oneRegistry{},
			Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		})
		began := time.Now()
		n, err := s.SendNotifications(t.Context())
		if took := time.Since(began); err != nil || n == 0 || box.ended != n || took > box.lease {
			t.Errorf("got %d of %d messages ended after %v under a lease of %v, %v", box.ended, n, took, box.lease, err)
		}
	})
}
