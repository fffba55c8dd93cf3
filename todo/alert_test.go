package todo_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"renzheng/todo"
)

// outbox is a store of alerts that has as many as are asked for, once.
type outbox struct {
	todo.AlertStore

	lease time.Duration
	ended int
}

func (o *outbox) ClaimAlerts(_ context.Context, now, until time.Time, limit int) ([]todo.DueAlert, error) {
	o.lease = until.Sub(now)
	due := make([]todo.DueAlert, limit)
	for i := range due {
		due[i] = todo.DueAlert{Open: true, To: todo.Recipient{Channel: "wechat"}, ExpiresAt: now.Add(todo.Window)}
	}
	return due, nil
}

func (o *outbox) FinishAlert(context.Context, todo.DueAlert, todo.AlertState, time.Time) error {
	o.ended++
	return nil
}

// silence is a channel that never answers.
type silence struct{}

func (silence) Template() string { return "" }

func (silence) Alert(ctx context.Context, _ todo.Alert) error {
	<-ctx.Done()
	return ctx.Err()
}

// oneRegistry is known by every id.
type oneRegistry struct{ todo.Registries }

func (oneRegistry) Registry(string) (todo.Registry, bool) { return todo.Registry{}, true }

// Another replica must not take up what is still being sent: the person would
// be told twice, and a second agreement be used up.
func TestSendAlerts_NobodyTakesAHangingBatchUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box := &outbox{}
		s := todo.New(todo.Deps{
			Alerts: box, Alerters: map[string]todo.Alerter{"wechat": silence{}}, Registries: oneRegistry{},
			Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		})
		began := time.Now()
		n, err := s.SendAlerts(t.Context())
		if took := time.Since(began); err != nil || n == 0 || box.ended != n || took > box.lease {
			t.Errorf("got %d of %d messages ended after %v under a lease of %v, %v", box.ended, n, took, box.lease, err)
		}
	})
}
