package alibabacloud

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"renzheng/identity/photo"
	"renzheng/providers/kit"
)

const (
	photoBase    = "https://ocr-api.cn-hangzhou.aliyuncs.com"
	photoAction  = "RecognizeIdcard"
	photoVersion = "2021-07-07"
)

// Recognizer reads photos of resident IDs by the vendor's text recognition (文字识别), which is another service with another
// address than that of Client. Safe for concurrent use.
type Recognizer struct {
	credentials credentials
	line        kit.Line
	clock       func() time.Time
}

var _ photo.Recognizer = (*Recognizer)(nil)

// NewRecognizer returns a recognizer, or an error for each invalid field of the configuration, whose Endpoint is
// https://ocr-api.cn-hangzhou.aliyuncs.com if it is empty. It sends nothing.
func NewRecognizer(c Config) (*Recognizer, error) {
	if c.Endpoint == "" {
		c.Endpoint = photoBase
	}
	client, err := New(c)
	if err != nil {
		return nil, err
	}
	return &Recognizer{client.credentials, client.line, client.clock}, nil
}

// OfficialPhotos reports whether the recognizer of a configuration is the vendor's own host over TLS, as Official does.
func (c Config) OfficialPhotos() bool {
	base, err := c.base()
	return err == nil && base.String() == photoBase
}

// Format keeps the key out of printed recognizers.
func (r *Recognizer) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, "alibabacloud recognizer") }

// Recognize implements [photo.Recognizer]. The photo is the body of the request, as the vendor wants it.
// Errors: *kit.CallError, with photo.ErrNotRead.
func (r *Recognizer) Recognize(ctx context.Context, p photo.Photo) (photo.Reading, error) {
	if p.Side != photo.Front && p.Side != photo.Back || len(p.JPEG) == 0 || len(p.JPEG) > photo.MaxBytes {
		return photo.Reading{}, kit.NotAsked(provider, photoAction).With(photo.ErrNotRead)
	}
	address := *r.line.Base
	address.Path, address.RawQuery = "/", "OutputQualityInfo=true"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(p.JPEG))
	if err != nil {
		return photo.Reading{}, kit.NotAsked(provider, photoAction).With(photo.ErrNotRead)
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-Acs-Action", photoAction)
	request.Header.Set("X-Acs-Version", photoVersion)
	r.credentials.sign(request, p.JPEG, stamp{at: r.clock(), nonce: rand.Text()})
	reply, err := r.line.Send(ctx, request)
	if err != nil {
		return photo.Reading{}, kit.NotAnswered(provider, photoAction, reply.Status, err).With(photo.ErrNotRead)
	}
	return readPhoto(p.Side, reply)
}
