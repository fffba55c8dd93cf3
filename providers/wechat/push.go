package wechat

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"

	"renzheng/providers/kit"
)

const (
	pushWindow   = 5 * time.Minute // between WeChat's clock and ours
	longestDelay = time.Hour       // between an act of a person and its push
	longestPush  = 64 << 10        // bytes of a body; a text has 2 KiB
	longestEcho  = 128

	longestNonce = 48        // WeChat's have about ten digits
	noncesOf     = "wechat:" // and the app id; no key of a registry has a colon in its id
)

// Echo answers WeChat's check of our address, a GET with a signature, with its
// echostr.
//
// Errors: ErrPushUnsigned, ErrPushLate, ErrPushMalformed.
func (a *ServiceAccount) Echo(query url.Values) (string, error) {
	if _, err := a.authentic(query); err != nil {
		return "", err
	}
	echo := query.Get("echostr")
	if !kit.WellFormed(echo, longestEcho, "-_+/=") {
		return "", ErrPushMalformed
	}
	return echo, nil
}

// Receive reads what WeChat's server posted: the query of the address and the
// body, which may have up to 64 KiB. If WeChat repeats a push because we were slow,
// the repetition has another signature and the same Push.ID.
//
// Errors: ErrPushPlain, ErrPushUnsigned, ErrPushLate, ErrPushReplayed,
// ErrPushMalformed, or one of the store of nonces.
func (a *ServiceAccount) Receive(ctx context.Context, query url.Values, body io.Reader) (Push, error) {
	// The SDK trusts the sender about whether a message is encrypted. With any
	// signature that was ever seen, anybody could then write to us in the name of
	// anybody.
	if query.Get("encrypt_type") != "aes" || query.Get("msg_signature") == "" {
		return Push{}, ErrPushPlain
	}
	at, err := a.authentic(query)
	if err != nil {
		return Push{}, err
	}
	text, err := a.unseal(query, body)
	if err != nil {
		return Push{}, err
	}
	push, err := readPush(a.appID, text)
	if err != nil {
		return Push{}, err
	}
	return push, a.spend(ctx, query.Get("msg_signature"), at, push)
}

// spend records a push until it would be rejected as late. It records the
// signature and not the nonce. WeChat signs the parts without separators, so a
// digit may move from the nonce to the timestamp, or both may change places, while
// the signature stays the same.
func (a *ServiceAccount) spend(ctx context.Context, signature string, at time.Time, p Push) error {
	now := a.clock()
	until := at.Add(2 * pushWindow)
	if p.Kind != PushOther { // a PushOther has no effect and may have no time
		if p.At.Before(now.Add(-longestDelay)) || p.At.After(now.Add(pushWindow)) {
			return ErrPushLate
		}
		until = p.At.Add(longestDelay + pushWindow)
	}
	err := a.nonces.UseNonce(ctx, noncesOf+a.appID, signature, until, now)
	switch {
	case err == nil:
		return nil
	case a.isReplay(err):
		return ErrPushReplayed
	}
	return fmt.Errorf("remembering a push: %w", err)
}

// authentic checks the signature of the address and its time.
func (a *ServiceAccount) authentic(query url.Values) (time.Time, error) {
	timestamp, nonce := query.Get("timestamp"), query.Get("nonce")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || strconv.FormatInt(seconds, 10) != timestamp || !kit.WellFormed(nonce, longestNonce, "") {
		return time.Time{}, ErrPushMalformed
	}
	if !a.seal.signed(query.Get("signature"), timestamp, nonce) {
		return time.Time{}, ErrPushUnsigned
	}
	at := time.Unix(seconds, 0)
	if a.clock().Sub(at).Abs() > pushWindow {
		return time.Time{}, ErrPushLate
	}
	return at, nil
}

// unseal returns the message of a body whose envelope is signed too.
func (a *ServiceAccount) unseal(query url.Values, body io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, longestPush+1))
	if err != nil || len(text) > longestPush {
		return nil, ErrPushMalformed
	}
	fields, err := readXML(text)
	if err != nil || fields["Encrypt"] == "" {
		return nil, ErrPushMalformed
	}
	envelope := fields["Encrypt"]
	if !a.seal.signed(query.Get("msg_signature"), query.Get("timestamp"), query.Get("nonce"), envelope) {
		return nil, ErrPushUnsigned
	}
	message, err := a.seal.open(envelope)
	if err != nil {
		return nil, ErrPushMalformed
	}
	return message, nil
}
