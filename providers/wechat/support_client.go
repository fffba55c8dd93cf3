package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"renzheng/identity"
	"renzheng/support"
)

// SupportClient is a service account in the terms of technical support.
type SupportClient struct{ account *ServiceAccount }

var _ support.OfficialAccount = SupportClient{}

// NewSupportClient returns a support client for a service account.
func NewSupportClient(a *ServiceAccount) SupportClient { return SupportClient{a} }

// Echo implements support.OfficialAccount.
func (d SupportClient) Echo(query url.Values) (string, error) {
	echo, err := d.account.Echo(query)
	return echo, refusal(err)
}

// Receive implements support.OfficialAccount.
func (d SupportClient) Receive(ctx context.Context, query url.Values, body io.Reader) (support.Message, error) {
	p, err := d.account.Receive(ctx, query, body)
	if err != nil {
		return support.Message{}, refusal(err)
	}
	return support.Message{
		ID: p.ID, Kind: kindOf(p.Kind), Person: identity.NewSecret(p.User.Reveal()),
		Scene: p.Scene, Key: p.Key, Words: p.Words,
		At: p.At, Account: p.account,
	}, nil
}

// Reply implements support.OfficialAccount.
func (d SupportClient) Reply(m support.Message, text string) ([]byte, error) {
	return d.account.Answer(d.push(m), text)
}

// Transfer implements support.OfficialAccount.
func (d SupportClient) Transfer(m support.Message) ([]byte, error) {
	return d.account.HandOver(d.push(m))
}

// QRCode implements support.OfficialAccount.
func (d SupportClient) QRCode(ctx context.Context, scene string, life time.Duration) (support.QRCode, error) {
	made, err := d.account.QRCode(ctx, scene, life)
	return support.QRCode{Picture: made.PNG, ExpiresAt: made.ExpiresAt}, err
}

// push returns the part of a push that an answer to it needs.
func (d SupportClient) push(m support.Message) Push {
	return Push{User: identity.NewChannelUser(d.account.appID, kindOpenID, m.Person.Reveal()), account: m.Account}
}

func kindOf(k PushKind) support.MessageKind {
	switch k {
	case PushScan:
		return support.Scanned
	case PushSubscribe:
		return support.Subscribed
	case PushUnsubscribe:
		return support.Unsubscribed
	case PushText:
		return support.Written
	case PushMenu:
		return support.Chosen
	case PushPicture:
		return support.Pictured
	case PushVoice:
		return support.Spoken
	case PushOther:
	}
	return support.Otherwise
}

// refusal wraps the errors of a push that did not come from WeChat.
func refusal(err error) error {
	for _, why := range []error{ErrPushPlain, ErrPushUnsigned, ErrPushLate, ErrPushReplayed, ErrPushMalformed} {
		if errors.Is(err, why) {
			return fmt.Errorf("%w: %w", support.ErrPushRejected, why)
		}
	}
	return err
}
