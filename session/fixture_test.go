package session_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

// fixture is a service on a real store, with a clock that the test moves.
type fixture struct {
	*session.Service

	rows    *store.Store
	channel *channel
	mu      sync.Mutex
	now     time.Time
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	rows := storetest.Open(t)
	w := &fixture{rows: rows, now: storetest.Now(), channel: &channel{}}
	w.Service = session.New(session.Deps{
		Sessions: rows, Prefills: rows, Keys: rows, Clock: w.clock, Rand: rand.Reader,
		Authorizers: map[identity.Channel]session.Authorizer{identity.Alipay: w.channel, identity.WeChat: w.channel},
		Prefillers:  map[identity.Channel]session.Prefiller{identity.Alipay: w.channel},
	})
	return w
}

// userOf returns the channel's id of a session's account.
func (w *fixture) userOf(t *testing.T, s session.Session) identity.ChannelUser {
	t.Helper()
	user, err := w.rows.ChannelUser(t.Context(), s.Account.ID)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

func (w *fixture) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *fixture) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// channel is a far end that knows its codes.
type channel struct{ prefills map[string]session.Prefilled }

// Authorize takes every code but "used" for the user of that name.
func (*channel) Authorize(_ context.Context, code string) (identity.ChannelUser, error) {
	if code == "used" {
		return identity.ChannelUser{}, fmt.Errorf("redeeming: %w", session.ErrCodeInvalid)
	}
	return identity.NewChannelUser("app", "open_id", code), nil
}

func (c *channel) Prefill(_ context.Context, code string) (session.Prefilled, error) {
	known, ok := c.prefills[code]
	if !ok {
		return session.Prefilled{}, fmt.Errorf("redeeming: %w", session.ErrCodeInvalid)
	}
	return known, nil
}

// open opens a session of the account zhang.
func (w *fixture) open(t *testing.T) session.Opened {
	t.Helper()
	opened, err := w.Open(t.Context(), session.OpenRequest{Channel: identity.Alipay, Code: "zhang"})
	if err != nil {
		t.Fatal(err)
	}
	return opened
}
