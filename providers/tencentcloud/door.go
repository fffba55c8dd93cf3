package tencentcloud

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
)

const maxAnswerBytes = 64 << 10 // real answers have 200 bytes

var (
	errElsewhere = errors.New("request for another host")
	errTooLong   = errors.New("answer too long")
)

// exchange is what happened on the wire. It travels in the context, since the
// SDK hands nothing else through to its transport.
type exchange struct {
	handed bool        // to the transport; before that nothing can have happened
	sought atomic.Bool // a connection; a transport that does not tell leaves it false
	found  atomic.Bool
	status int
	body   []byte
	err    error
}

type exchangeKey struct{}

func (e *exchange) in(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(context.WithValue(ctx, exchangeKey{}, e), &httptrace.ClientTrace{
		GetConn: func(string) { e.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { e.found.Store(true) },
	})
}

// door is the SDK's only way out. Every answer stops here; the SDK reads a
// blank one and so follows no redirect, unpacks nothing and parses nothing.
type door struct {
	next             http.RoundTripper
	scheme, endpoint string
}

var _ http.RoundTripper = (*door)(nil)

// RoundTrip sends r where it belongs and keeps the answer in the exchange.
func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	e, ours := r.Context().Value(exchangeKey{}).(*exchange)
	if !ours || r.URL.Scheme != d.scheme || r.URL.Host != d.endpoint || r.Host != d.endpoint {
		return nil, errors.Join(errElsewhere, r.Body.Close())
	}
	e.handed = true
	if e.err = e.run(d.next, r); e.err != nil {
		return nil, e.err
	}
	return &http.Response{
		StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: r,
		Body: io.NopCloser(strings.NewReader(`{"Response":{}}`)),
	}, nil
}

func (e *exchange) run(next http.RoundTripper, r *http.Request) (err error) {
	response, err := next.RoundTrip(r)
	if err != nil {
		return fmt.Errorf("sending: %w", err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	e.status = response.StatusCode
	e.body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes+1))
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if len(e.body) > maxAnswerBytes {
		return errTooLong
	}
	return nil
}

// neverSent tells whether no byte of the request can have reached the vendor:
// there was no connection, or it led to somebody else.
func (e *exchange) neverSent() bool {
	if !e.handed || e.sought.Load() && !e.found.Load() {
		return true
	}
	var (
		dial *net.OpError
		cert *tls.CertificateVerificationError
	)
	return errors.As(e.err, &dial) && dial.Op == "dial" || errors.As(e.err, &cert)
}
