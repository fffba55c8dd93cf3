package alipay

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/identity"
	"renzheng/providers/kit"
)

// ErrNotSubscribed reports that the person did not agree to this message, has used up
// that agreement, or no longer receives messages. Sending it again does not help.
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
	longestKeyword = 50                  // characters of a value; Alipay rejects longer ones
	timeLayout     = "2006年01月02日 15:04" // of times in messages, in Beijing
	codeBusiness   = "40004"             // the call itself is rejected, for the reason in the sub code
)

// NotifyTodo notifies an account that a todo has arrived. Each agreement of the
// person allows one message.
//
// Errors: ErrNotSubscribed. After any other error the message may have been sent.
func (c *Client) NotifyTodo(ctx context.Context, a TodoArrival) error {
	payload, ready := c.message(a)
	if !ready {
		return notAsked(callMessage)
	}
	var got answer
	failed := c.call(ctx, payload, smallAnswer, &got)
	switch {
	case failed == nil:
		return nil
	case notSubscribed(failed):
		return failed.With(ErrNotSubscribed)
	}
	return failed
}

// message returns the request, and false if it cannot be sent to that account. A
// subscription needs no form_id: that is for messages after a payment or a form.
func (c *Client) message(a TodoArrival) (*sdk.Payload, bool) {
	user := a.User.Reveal()
	known := a.User.Kind == kindOpenID || a.User.Kind == kindUserID
	if c.todo.ID == "" || a.User.AppID != c.appID || !known || !kit.WellFormed(user, longestID, "-_") {
		return nil, false
	}
	data, err := json.Marshal(c.todo.data(a))
	if err != nil {
		return nil, false
	}
	return sdk.NewPayload(callMessage).
		AddBizField("to_"+a.User.Kind, user).
		AddBizField("user_template_id", c.todo.ID).
		AddBizField("page", c.todo.Page).
		AddBizField("data", string(data)), true
}

// keyword is the value of one field of a message.
type keyword struct {
	Value string `json:"value"`
}

func (t TodoTemplate) data(a TodoArrival) map[string]keyword {
	data := map[string]keyword{}
	put := func(field, value string) {
		if field != "" {
			data[field] = keyword{value}
		}
	}
	put(t.Registry, shorten(a.Registry, longestKeyword))
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

// notSubscribed reports whether Alipay signed that the person receives no such
// message. Alipay publishes no sub code for it, so each one that speaks of the
// subscription counts. The operator must correct what causes the others, such as an
// unknown template. They are tried again and logged.
func notSubscribed(failed *kit.CallError) bool {
	return failed.Signed && failed.Code == codeBusiness && strings.Contains(failed.SubCode, "SUBSCRI")
}
