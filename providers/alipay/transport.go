package alipay

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"renzheng/providers/kit"
)

// The limits of an answer, in bytes.
const (
	smallAnswer   = 64 << 10 // names and codes
	pictureAnswer = 4 << 20  // material_info alone may have 2 867 200 characters
)

const statusUsed = http.StatusOK // the only one that Alipay uses

var errStatus = errors.New("answer is not 200")

// exchange is one call as the transport sees it. It travels in the context, because
// the SDK passes nothing else on.
type exchange struct {
	limit   int64 // of the answer, in bytes
	err     error // of the line
	status  int   // 0 if no answer came
	traceID string
}

type exchangeKey struct{}

func withExchange(ctx context.Context, limit int64) (context.Context, *exchange) {
	seen := &exchange{limit: limit}
	return context.WithValue(ctx, exchangeKey{}, seen), seen
}

// name adds the answer's status and Alipay's id of the call to an error.
func (x *exchange) name(failed *kit.CallError) *kit.CallError {
	failed.Status, failed.RequestID = x.status, x.traceID
	return failed
}

// transport is the SDK's only way out. It sends to one host, and returns only
// answers of status 200 and limited size. The zero value sends nothing.
type transport struct{ line kit.Line }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	seen, ok := request.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, kit.ErrNotSent
	}
	line := t.line
	line.MaxBytes = seen.limit
	reply, err := line.Send(request.Context(), request)
	seen.status, seen.traceID = reply.Status, traceID(reply.Header)
	switch {
	case seen.status != 0 && seen.status != statusUsed:
		return nil, errStatus
	case err != nil:
		seen.err = err
		return nil, err
	}
	return &http.Response{
		StatusCode: statusUsed, ProtoMajor: 1, ProtoMinor: 1, Header: reply.Header, Request: request,
		Body: io.NopCloser(bytes.NewReader(normalize(reply.Body))),
	}, nil
}

// traceID returns Alipay's id of the call, for a question to its support.
func traceID(header http.Header) string {
	for _, name := range []string{"trace_id", "alipay-trace-id"} {
		if value := header.Get(name); kit.WellFormed(value, 64, "-_.") {
			return value
		}
	}
	return ""
}
