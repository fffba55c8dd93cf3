package todo_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"renzheng/todo"
)

// agreements is a store of the alerts of one account, with one waiting message.
type agreements struct {
	todo.AlertStore

	left, most int
	due        todo.DueAlert
	fail       error

	state todo.AlertState
	next  time.Time
}

func (a *agreements) Alerts(context.Context, todo.Viewer, time.Time) (int, error) {
	return a.left, a.fail
}

func (a *agreements) AgreeToAlert(_ context.Context, _ todo.Viewer, most int, _ time.Time) error {
	a.left, a.most = a.left+1, most
	return a.fail
}

func (a *agreements) EndAlerts(context.Context, string) error {
	a.left = 0
	return a.fail
}

func (a *agreements) ClaimAlerts(context.Context, time.Time, time.Time, int) ([]todo.DueAlert, error) {
	return []todo.DueAlert{a.due}, a.fail
}

func (a *agreements) FinishAlert(_ context.Context, _ todo.DueAlert, state todo.AlertState, next time.Time) error {
	a.state, a.next = state, next
	return a.fail
}

// channel returns the same result for every alert.
type channel struct {
	answer error
	sent   *todo.Alert
}

func (*channel) Template() string { return "template" }

func (c *channel) Alert(_ context.Context, a todo.Alert) error {
	c.sent = &a
	return c.answer
}

func alerting(a *agreements, c *channel) *todo.Service {
	return todo.New(todo.Deps{
		Alerts: a, Alerters: map[string]todo.Alerter{"wechat": c}, Registries: registries{},
		Clock: noon, Logger: slog.New(slog.DiscardHandler),
	})
}

func TestAlerts_OfAChannelThatSendsThem(t *testing.T) {
	t.Parallel()
	store := &agreements{}
	rules := alerting(store, &channel{})
	got, err := rules.AgreeToAlert(t.Context(), todo.Viewer{}, "wechat")
	if err != nil || got != (todo.Alerts{Template: "template", Left: 1}) || store.most != todo.MaxAlerts {
		t.Errorf("got %+v up to %d, %v", got, store.most, err)
	}
	if err = rules.EndAlerts(t.Context(), todo.Viewer{}); err != nil || store.left != 0 {
		t.Errorf("got %d left, %v", store.left, err)
	}
	if got, err = rules.AlertsOf(t.Context(), todo.Viewer{}, "alipay"); err != nil || got != (todo.Alerts{}) {
		t.Errorf("got %+v, %v of a channel that sends none", got, err)
	}
	if _, err = rules.AgreeToAlert(t.Context(), todo.Viewer{}, "alipay"); !errors.Is(err, todo.ErrNoAlerts) {
		t.Errorf("got %v, want %v", err, todo.ErrNoAlerts)
	}
	store.fail = errStore
	_, agreeErr := rules.AgreeToAlert(t.Context(), todo.Viewer{}, "wechat")
	_, readErr := rules.AlertsOf(t.Context(), todo.Viewer{}, "wechat")
	for _, err := range []error{agreeErr, readErr, rules.EndAlerts(t.Context(), todo.Viewer{})} {
		if !errors.Is(err, errStore) {
			t.Errorf("got %v, want the store's error", err)
		}
	}
}

// A message is sent once, repeated a few times after failures, and dropped if it has become useless.
func TestSendAlerts_EndsEachMessage(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	now := noon().Truncate(time.Millisecond)
	for name, tt := range map[string]struct {
		change func(*todo.DueAlert)
		answer error
		sent   bool
		state  todo.AlertState
		pause  time.Duration
	}{
		"taken":                {func(*todo.DueAlert) {}, nil, true, todo.AlertSent, 0},
		"not agreed to":        {func(*todo.DueAlert) {}, todo.ErrNotAgreed, true, todo.AlertDropped, 0},
		"failed once":          {func(*todo.DueAlert) {}, broken, true, todo.AlertPending, time.Minute},
		"failed three times":   {func(d *todo.DueAlert) { d.Attempts = 2 }, broken, true, todo.AlertPending, 4 * time.Minute},
		"failed four times":    {func(d *todo.DueAlert) { d.Attempts = 3 }, broken, true, todo.AlertPending, 8 * time.Minute},
		"failed five times":    {func(d *todo.DueAlert) { d.Attempts = 4 }, broken, true, todo.AlertDropped, 0},
		"answered meanwhile":   {func(d *todo.DueAlert) { d.Open = false }, nil, false, todo.AlertDropped, 0},
		"expired just now":     {func(d *todo.DueAlert) { d.ExpiresAt = now }, nil, false, todo.AlertDropped, 0},
		"of an old registry":   {func(d *todo.DueAlert) { d.RegistryID = "gone" }, nil, false, todo.AlertDropped, 0},
		"of a channel without": {func(d *todo.DueAlert) { d.To.Channel = "alipay" }, nil, false, todo.AlertDropped, 0},
	} {
		store := &agreements{due: todo.DueAlert{
			Open: true, RegistryID: "sd", To: todo.Recipient{Channel: "wechat"}, ExpiresAt: now.Add(time.Millisecond),
		}}
		tt.change(&store.due)
		c := &channel{answer: tt.answer}
		n, err := alerting(store, c).SendAlerts(t.Context())
		if err != nil || n != 1 || store.state != tt.state || !store.next.Equal(now.Add(tt.pause)) || (c.sent != nil) != tt.sent {
			t.Errorf("%s: got %s, next in %v, sent %t, %v", name, store.state, store.next.Sub(now), c.sent != nil, err)
		}
	}
}

func TestSendAlerts_TellsWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	store := &agreements{fail: errStore}
	if n, err := alerting(store, &channel{}).SendAlerts(t.Context()); n != 1 || !errors.Is(err, errStore) || store.state == "" {
		t.Errorf("got %d, %v; want the message ended and the error told", n, err)
	}
}
