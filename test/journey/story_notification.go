package journey

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"renzheng/test/harness"
	"renzheng/test/people"
)

// Notifications is the notifications to which a person agreed.
type Notifications struct {
	TemplateID string `json:"template_id"`
	Left       int    `json:"left"`
}

// isTold follows an invitation to the first case, agrees to one message, receives it when
// the next case is pushed, and none for the case after that.
func isTold(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	own, other, err := v.isInvited(ctx)
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.waitsWithInvitation(ctx, own) },
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.followsInvitation(ctx, own, other) },
		func() error { return v.confirmsAll(ctx) },
		func() error { return v.agreesToNotification(ctx) },
		func() error { return v.isPushed(ctx) },
		func() error { return v.getsNotification(ctx) },
		func() error { return v.confirmsAll(ctx) },
		func() error { return v.isPushed(ctx) },
		func() error { return v.confirmsAll(ctx) },
		func() error { return v.getsNotification(ctx) }, // still the one
		func() error { return v.leaves(ctx) },
	)
}

// agreesToNotification presses "allow" in the channel, which the mini-program then reports
// to the server.
func (v *visit) agreesToNotification(ctx context.Context) error {
	var asked, agreed Notifications
	err := v.client.get(ctx, "/v1/notifications", &asked)
	if err == nil && (asked.TemplateID == "" || asked.Left != 0) {
		err = errors.New("there is no message to agree to, or one already")
	}
	if err == nil {
		err = v.far.acceptMessage(ctx, v.role.Channel, v.person.OpenID, asked.TemplateID)
	}
	if err == nil {
		err = v.client.call(ctx, request{method: http.MethodPost, path: "/v1/notifications", key: newKey()}, &agreed)
	}
	if err == nil {
		err = same("messages left", agreed.Left, 1)
	}
	return v.did("agrees to be told of the next todo", err)
}

// getsNotification checks that the channel delivers exactly one message.
func (v *visit) getsNotification(ctx context.Context) error {
	const patience = 30 * time.Second // the server may be restarted meanwhile
	giveUp := time.Now().Add(patience)
	for {
		got, err := v.far.messages(ctx, v.role.Channel, v.person.OpenID)
		switch {
		case err != nil:
			return v.did("is told in the channel", err)
		case got.Subscribe == 1:
			return v.did("is told in the channel, once", nil)
		case got.Subscribe > 1 || time.Now().After(giveUp) || wait(ctx, arrivalAsk) != nil:
			return v.did("is told in the channel", fmt.Errorf("got %d messages, want one", got.Subscribe))
		}
	}
}

// acceptMessage is the person's "allow" in the channel.
func (s *sandbox) acceptMessage(ctx context.Context, channel people.Channel, openID, templateID string) error {
	path, form := "/sandbox/accept", url.Values{"open_id": {openID}, "template_id": {templateID}}
	if channel == people.WeChat {
		path, form = "/wechat/sandbox/accept", url.Values{"openid": {openID}, "template_id": {templateID}}
	}
	err := s.form(ctx, path, form, nil)
	var rejected *rejectedError
	if errors.As(err, &rejected) && rejected.status == http.StatusNoContent {
		return nil
	}
	return err
}

// messages counts what the channel has delivered to an account.
func (s *sandbox) messages(ctx context.Context, channel people.Channel, openID string) (harness.Delivered, error) {
	path := "/sandbox/messages?open_id="
	if channel == people.WeChat {
		path = "/wechat/sandbox/messages?openid="
	}
	var got harness.Delivered
	return got, s.do(ctx, request{method: http.MethodGet, path: path + url.QueryEscape(openID)}, &got)
}
