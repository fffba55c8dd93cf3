package bff_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"renzheng/todo"
)

// messenger is a channel that sends messages.
type messenger struct {
	mu   sync.Mutex
	sent []todo.Notification
}

func (*messenger) Template() string { return "tpl_1" }

func (m *messenger) Notify(_ context.Context, a todo.Notification) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, a)
	return nil
}

func TestNotifications_AreAgreedToOncePerCall(t *testing.T) {
	t.Parallel()
	w, channel := newFixture(t), &messenger{}
	w.deps.Todos.Notifiers = map[string]todo.Notifier{"alipay": channel}
	p := w.enter(t)
	agree := request{method: http.MethodPost, path: "/v1/notifications", token: p.token, key: newKey()}
	w.send(t, agree).want(t, http.StatusCreated, "")
	w.send(t, agree).want(t, http.StatusCreated, "")
	got := p.call(t, http.MethodGet, "/v1/notifications", nil).want(t, http.StatusOK, "").json(t)
	if got["template_id"] != "tpl_1" || got["left"] != 1.0 {
		t.Fatalf("got %v, want one message of tpl_1", got)
	}
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	if n, err := w.deps.Todos.SendNotifications(t.Context()); err != nil || n != 1 || len(channel.sent) != 1 {
		t.Fatalf("got %d, %v, %d sent; want one", n, err, len(channel.sent))
	}
	if strings.Contains(w.log.String(), channel.sent[0].To.User.Reveal()) {
		t.Error("the log names the account")
	}
	agree.key = newKey()
	w.send(t, agree).want(t, http.StatusCreated, "")
	for range 2 {
		p.call(t, http.MethodDelete, "/v1/notifications", nil).want(t, http.StatusNoContent, "")
	}
	if left := p.call(t, http.MethodGet, "/v1/notifications", nil).json(t)["left"]; left != 0.0 {
		t.Errorf("got %v left, want none", left)
	}
}

func TestNotifications_AreNotPromisedWhereTheChannelSendsNone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	stranger := w.login(t, "stranger")
	stranger.call(t, http.MethodGet, "/v1/notifications", nil).want(t, http.StatusForbidden, "access_required")
	p := w.enter(t)
	if got := p.call(t, http.MethodGet, "/v1/notifications", nil).want(t, http.StatusOK, "").json(t); got["template_id"] != "" || got["left"] != 0.0 {
		t.Errorf("got %v, want nothing", got)
	}
	agree := request{method: http.MethodPost, path: "/v1/notifications", token: p.token, key: newKey()}
	w.send(t, agree).want(t, http.StatusConflict, "notifications_unavailable")
}
