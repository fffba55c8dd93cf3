package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"renzheng/providers/kit"
)

// What one answer may weigh.
const (
	smallAnswer   = 64 << 10 // names and codes
	pictureAnswer = 4 << 20  // a captured face, or a QR code
)

var (
	errWrongHost = errors.New("address is not the configured one")
	errStatus    = errors.New("answer is not 200")
	errTooLarge  = errors.New("answer is too large")
	errNoObject  = errors.New("answer is no JSON object")
)

// trip is one exchange with WeChat: what is asked of it, and what the door saw.
type trip struct {
	limit   int64 // bytes of the answer
	picture bool  // the answer may be a picture; else only a JSON object

	err    error // of the door; the SDK loses it in a text
	status int   // of HTTP; 0 = no answer came
	body   []byte
	object map[string]json.RawMessage // the answer, nil for a picture
	coded  bool                       // it has an errcode that reads as one
	code   int64                      // errcode
	rid    string                     // WeChat's name of the call
}

// door is the way of one application to WeChat: to its two hosts only, without
// redirects, with answers of status 200 and bounded size only.
type door struct {
	prepared

	next http.RoundTripper
}

func newDoor(app App, ready prepared) *door {
	next := app.Transport
	if next == nil {
		next = kit.NewTransport(ready.proxy)
	}
	return &door{prepared: ready, next: next}
}

// post makes a call of the API with a body in JSON.
func (d *door) post(ctx context.Context, seen *trip, call string, query url.Values, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encoding a request: %w", err)
	}
	address := *d.api
	address.Path, address.RawQuery = "/"+call, query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(text))
	if err != nil {
		return errWrongHost
	}
	request.Header.Set("Content-Type", "application/json")
	return d.pass(request, seen)
}

// pass makes one exchange and reads the answer into seen.
func (d *door) pass(request *http.Request, seen *trip) error {
	seen.err = d.exchange(request, seen)
	return seen.err
}

func (d *door) exchange(request *http.Request, seen *trip) error {
	if !d.leadsTo(request.URL) {
		return errors.Join(errWrongHost, closeBody(request.Body))
	}
	response, err := d.next.RoundTrip(request)
	if err != nil {
		return err
	}
	seen.status = response.StatusCode
	if response.StatusCode != http.StatusOK { // a redirect is none either, so none is followed
		return errors.Join(errStatus, response.Body.Close())
	}
	seen.body, err = io.ReadAll(io.LimitReader(response.Body, seen.limit+1)) // after decompression
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	if int64(len(seen.body)) > seen.limit {
		return errTooLarge
	}
	return seen.read()
}

func (d *door) leadsTo(u *url.URL) bool {
	same := func(base *url.URL) bool { return u.Scheme == base.Scheme && u.Host == base.Host }
	return same(d.api) || same(d.pages)
}

// read finds the code of an answer. Not every caller looks for one: the SDK
// takes the text for it in one call, and nothing at all in others.
func (t *trip) read() error {
	start := bytes.TrimLeft(t.body, " \t\r\n")
	if t.picture && !bytes.HasPrefix(start, []byte("{")) {
		return nil
	}
	if json.Unmarshal(t.body, &t.object) != nil || t.object == nil {
		return errNoObject
	}
	if raw, ok := t.object["errcode"]; ok && string(raw) != "null" {
		if t.code, t.coded = readInteger(raw); !t.coded {
			return errNoObject
		}
	}
	var text string
	if json.Unmarshal(t.object["errmsg"], &text) == nil {
		t.rid = requestID(text)
	}
	return nil
}

func closeBody(body io.Closer) error {
	if body == nil {
		return nil
	}
	return body.Close()
}
