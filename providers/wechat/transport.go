package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"renzheng/providers/kit"
)

// The limits of an answer, in bytes.
const (
	smallAnswer   = 64 << 10 // names and codes
	pictureAnswer = 4 << 20  // a captured face, or a QR code
)

var (
	errAddress  = errors.New("address is not one of WeChat's")
	errStatus   = errors.New("answer is not 200")
	errNoObject = errors.New("answer is not a JSON object")
)

// exchange is one request and its answer: what the caller allows, and what the
// transport saw.
type exchange struct {
	limit   int64 // of the answer, in bytes
	picture bool  // the answer may be a picture instead of a JSON object

	err    error // of the line; the SDK returns only its text
	status int   // 0 if no answer came
	body   []byte
	object map[string]json.RawMessage // the answer, nil for a picture
	coded  bool                       // the answer has an integer errcode
	code   int64                      // errcode
	rid    string                     // WeChat's id of the call
}

// transport sends the requests of one application to WeChat's two hosts and
// nowhere else. It returns only answers of status 200 and limited size.
type transport struct{ api, pages kit.Line }

func newTransport(app App, ready prepared) *transport {
	next := app.Transport
	if next == nil {
		next = kit.NewTransport(ready.proxy)
	}
	line := kit.Line{Timeout: app.Timeout, Transport: next}
	t := &transport{api: line, pages: line}
	t.api.Base, t.pages.Base = ready.api, ready.pages
	return t
}

// post makes a call of the API with a body in JSON.
func (t *transport) post(ctx context.Context, seen *exchange, call string, query url.Values, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encoding a request: %w", err)
	}
	address := *t.api.Base
	address.Path, address.RawQuery = "/"+call, query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(text))
	if err != nil {
		return errAddress
	}
	request.Header.Set("Content-Type", "application/json")
	return t.send(request, seen)
}

// send makes one exchange and reads the answer into seen.
func (t *transport) send(request *http.Request, seen *exchange) error {
	line := t.api
	if request.URL.Host == t.pages.Base.Host {
		line = t.pages
	}
	line.MaxBytes = seen.limit
	reply, err := line.Send(request.Context(), request)
	seen.status, seen.body = reply.Status, reply.Body
	switch {
	case seen.status != 0 && seen.status != http.StatusOK: // WeChat uses no other, and redirects are not followed
		return errStatus
	case err != nil:
		seen.err = err
		return err
	}
	return seen.read()
}

// read finds the code of an answer. The SDK checks the message instead of the code
// in one call, and nothing at all in others.
func (x *exchange) read() error {
	start := bytes.TrimLeft(x.body, " \t\r\n")
	if x.picture && !bytes.HasPrefix(start, []byte("{")) {
		return nil
	}
	if json.Unmarshal(x.body, &x.object) != nil || x.object == nil {
		return errNoObject
	}
	if raw, ok := x.object["errcode"]; ok && string(raw) != "null" {
		if x.code, x.coded = readInteger(raw); !x.coded {
			return errNoObject
		}
	}
	var text string
	if json.Unmarshal(x.object["errmsg"], &text) == nil {
		x.rid = requestID(text)
	}
	return nil
}
