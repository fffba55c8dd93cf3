package wechat_test

import (
	"errors"
	"net/url"
	"strconv"
	"testing"
	"time"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

// captured is a push that an attacker has seen, with the parts that WeChat signed.
type captured struct{ timestamp, nonce, envelope string }

// query returns the query of the push with another timestamp and nonce, but with
// the signatures of the original ones.
func (c captured) query(timestamp, nonce string) url.Values {
	return url.Values{
		"timestamp": {timestamp}, "nonce": {nonce}, "encrypt_type": {"aes"},
		"signature":     {wechattest.Sign(pushToken, c.timestamp, c.nonce)},
		"msg_signature": {wechattest.Sign(pushToken, c.timestamp, c.nonce, c.envelope)},
	}
}

func (o *supportFixture) capture(t *testing.T, nonce string) captured {
	t.Helper()
	envelope, err := wechattest.Seal(aesKeyBytes(t), serviceID, o.pusher.Event(supportOpenID, "SCAN", "ticket_1"))
	if err != nil {
		t.Fatal(err)
	}
	return captured{strconv.FormatInt(o.clock().Unix(), 10), nonce, envelope}
}

// WeChat signs its parts sorted and joined without separators, so digits can move
// from one part to the next without changing the signature.
func TestServiceAccount_Receive_refusesAReplayWhoseDigitsMoved(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	receive := func(c captured, timestamp, nonce string) error {
		_, err := o.service.Receive(t.Context(), c.query(timestamp, nonce), bodyOf(c.envelope))
		return err
	}
	zero := o.capture(t, "0010") // sorts before the timestamp, so its last zero can move there
	if err := receive(zero, zero.timestamp, zero.nonce); err != nil {
		t.Fatal(err)
	}
	if err := receive(zero, "0"+zero.timestamp, "001"); !errors.Is(err, wechat.ErrPushMalformed) {
		t.Errorf("got %v", err)
	}
	begins := o.capture(t, "0123") // WeChat may send a nonce that begins with 0
	if err := receive(begins, begins.timestamp, begins.nonce); err != nil {
		t.Errorf("a nonce that begins with 0: got %v", err)
	}
}

// A nonce can be a valid later timestamp. At that time an attacker exchanges the
// two.
func TestServiceAccount_Receive_refusesAReplayWhoseNonceIsTheTime(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	for _, wait := range []time.Duration{3 * time.Minute, 50 * time.Minute, 100 * 24 * time.Hour} {
		c := o.capture(t, strconv.FormatInt(o.clock().Add(wait).Unix(), 10))
		if _, err := o.service.Receive(t.Context(), c.query(c.timestamp, c.nonce), bodyOf(c.envelope)); err != nil {
			t.Fatal(err)
		}
		o.pass(wait)
		_, err := o.service.Receive(t.Context(), c.query(c.nonce, c.timestamp), bodyOf(c.envelope))
		if !errors.Is(err, wechat.ErrPushReplayed) && !errors.Is(err, wechat.ErrPushLate) {
			t.Errorf("after %s: got %v", wait, err)
		}
	}
}
