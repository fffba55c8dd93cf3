package alipay

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"renzheng/providers/kit"
)

// What one answer may weigh.
const (
	smallAnswer   = 64 << 10 // names and codes
	pictureAnswer = 4 << 20  // material_info alone may have 2 867 200 characters
)

var (
	errWrongHost = errors.New("address is not the configured gateway")
	errStatus    = errors.New("answer is not 200")
	errTooLarge  = errors.New("answer is too large")
)

// trip is what the gate saw of one call.
type trip struct {
	limit   int64 // bytes of the answer
	status  int   // 0 = no answer came
	traceID string
}

type tripKey struct{}

func newHTTP(config Config, ready prepared) *http.Client {
	next := config.Transport
	if next == nil {
		next = kit.NewTransport(ready.proxy)
	}
	return &http.Client{
		Timeout:   config.Timeout,
		Transport: gate{scheme: ready.gateway.Scheme, host: ready.gateway.Host, next: next},
	}
}

// gate lets requests out to one host only, and in again answers of status 200
// and bounded size only. A redirect is not 200, so none is ever followed. The
// zero value lets nothing out.
type gate struct {
	scheme, host string
	next         http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (g gate) RoundTrip(request *http.Request) (*http.Response, error) {
	seen, known := request.Context().Value(tripKey{}).(*trip)
	if !known || g.next == nil || request.URL.Scheme != g.scheme || request.URL.Host != g.host {
		return nil, errors.Join(errWrongHost, closeBody(request.Body))
	}
	response, err := g.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	seen.status = response.StatusCode
	seen.traceID = traceID(response.Header)
	if response.StatusCode != http.StatusOK {
		return nil, errors.Join(errStatus, response.Body.Close())
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, seen.limit+1)) // after decompression
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	if int64(len(body)) > seen.limit {
		return nil, errTooLarge
	}
	response.Body = io.NopCloser(bytes.NewReader(normalize(body)))
	return response, nil
}

func closeBody(body io.Closer) error {
	if body == nil {
		return nil
	}
	return body.Close()
}

// traceID gives Alipay's name of the call, for a question to its support.
func traceID(header http.Header) string {
	for _, name := range []string{"trace_id", "alipay-trace-id"} {
		if value := header.Get(name); kit.WellFormed(value, 64, "-_.") {
			return value
		}
	}
	return ""
}

func withTrip(ctx context.Context, limit int64) (context.Context, *trip) {
	seen := &trip{limit: limit}
	return context.WithValue(ctx, tripKey{}, seen), seen
}
