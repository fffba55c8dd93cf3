package wechat

import (
	"context"
	"errors"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

// ErrNotSubscribed reports that the person did not agree to this message, or has
// used up that agreement. Sending it again does not help.
var ErrNotSubscribed = errors.New("person has not subscribed")

// TodoArrival is what the message of a todo says. It names neither the person nor
// the enterprise, because it is shown on a locked screen.
type TodoArrival struct {
	User      identity.ChannelUser // of this mini-program
	Registry  string               // its name, from our own configuration
	ArrivedAt time.Time
	ExpiresAt time.Time
}

const (
	longestThing = 20                  // characters that WeChat takes in a field of this kind
	timeLayout   = "2006年01月02日 15:04" // of WeChat's fields of time
)

// NotifyTodo notifies an account that a todo has arrived. Each agreement of the
// person allows one message.
//
// Errors: ErrNotSubscribed. After any other error the message may have been sent.
func (c *Client) NotifyTodo(ctx context.Context, a TodoArrival) error {
	openID := a.User.Reveal()
	if c.todo.ID == "" || a.User.AppID != c.appID || !kit.WellFormed(openID, longestID, "-_") {
		return notAsked(callSubscribe)
	}
	state := c.todo.State
	if state == "" {
		state = "formal"
	}
	seen, failed := c.ask(ctx, request{
		call: callSubscribe, limit: smallAnswer,
		send: func(ctx context.Context, token identity.Secret, seen *exchange) error {
			return sdkSubscribeMessage(c.appID, c.sdkCall(ctx, token, seen), subscribeMessage{
				openID: openID, template: c.todo.ID, page: c.todo.Page, state: state, data: c.todo.data(a),
			})
		},
	})
	if failed == nil && !seen.coded {
		failed = unreadable(callSubscribe, seen)
	}
	if failed == nil {
		return nil
	}
	switch failed.Code {
	case "43101", "43107": // not agreed to; switched off
		failed = failed.With(ErrNotSubscribed)
	}
	return failed
}

func (t TodoTemplate) data(a TodoArrival) map[string]string {
	data := map[string]string{}
	put := func(field, value string) {
		if field != "" {
			data[field] = value
		}
	}
	put(t.Registry, shorten(a.Registry, longestThing))
	put(t.Arrived, a.ArrivedAt.In(identity.Beijing()).Format(timeLayout))
	put(t.Expires, a.ExpiresAt.In(identity.Beijing()).Format(timeLayout))
	return data
}

func shorten(s string, longest int) string {
	runes := []rune(s)
	if len(runes) <= longest {
		return s
	}
	return string(runes[:longest-1]) + "…"
}
