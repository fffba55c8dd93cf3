package wechat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what WeChat sends
	"image/png"
	"net/http"
	"net/url"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

const (
	longestQR   = 30 * 24 * time.Hour // that WeChat lets a temporary code live
	qrSide      = 2048                // pixels; WeChat's have 430
	longestQRID = 512
)

// QRCode is a temporary code of the service account. WeChat pushes its scene to us
// when somebody scans it.
type QRCode struct {
	PNG       []byte
	ExpiresAt time.Time
}

// QRCode returns a new code, valid for life, which is a minute to 30 days. The
// scene has 1 to 64 letters, digits and -_ and must be random: it alone connects
// the service account's user to that of the mini-program, and anybody who sees the
// picture can read it.
func (a *ServiceAccount) QRCode(ctx context.Context, scene string, life time.Duration) (QRCode, error) {
	if !kit.WellFormed(scene, longestScene, "-_") || life < time.Minute || life > longestQR {
		return QRCode{}, notAsked(callQR)
	}
	now := a.clock()
	var ticket string
	seen, failed := a.ask(ctx, request{
		call: callQR, limit: smallAnswer,
		send: func(ctx context.Context, token identity.Secret, seen *exchange) (err error) {
			ticket, err = sdkQRTicket(a.appID, a.sdkCall(ctx, token, seen), scene, life)
			return err
		},
	})
	if failed == nil && (ticket == "" || len(ticket) > longestQRID) {
		failed = unreadable(callQR, seen)
	}
	if failed != nil {
		return QRCode{}, failed
	}
	picture, failed := a.qrPicture(ctx, ticket)
	if failed != nil {
		return QRCode{}, failed
	}
	return QRCode{PNG: picture, ExpiresAt: now.Add(life)}, nil
}

func (a *ServiceAccount) qrPicture(ctx context.Context, ticket string) ([]byte, *kit.CallError) {
	seen, failed := a.plain(ctx, request{
		call: callQRPicture, limit: pictureAnswer, picture: true,
		send: func(ctx context.Context, _ identity.Secret, seen *exchange) error {
			address := *a.transport.pages.Base
			address.Path = "/" + callQRPicture
			address.RawQuery = url.Values{"ticket": {ticket}}.Encode() // it has characters with a meaning in an address
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), http.NoBody)
			if err != nil {
				return errAddress
			}
			return a.transport.send(r, seen)
		},
	})
	if failed != nil {
		return nil, failed
	}
	made, err := asPNG(seen.body)
	if err != nil {
		return nil, unreadable(callQRPicture, seen)
	}
	return made, nil
}

// asPNG encodes a picture again, so that nothing but the picture is passed on.
func asPNG(picture []byte) ([]byte, error) {
	header, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil || header.Width > qrSide || header.Height > qrSide {
		return nil, errors.New("answer is no picture of usual size")
	}
	drawn, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("decoding a picture: %w", err)
	}
	var out bytes.Buffer
	if err = png.Encode(&out, drawn); err != nil {
		return nil, fmt.Errorf("encoding a picture: %w", err)
	}
	return out.Bytes(), nil
}
