package kit

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// SendError is why a call brought no complete answer. Its text holds no address.
type SendError string

// The errors of Send. After any but ErrNotSent the other side may have acted.
const (
	ErrNotSent   SendError = "not_sent"  // no byte of the request reached the host
	ErrTimeout   SendError = "timeout"   // no complete answer in time
	ErrCancelled SendError = "cancelled" // the caller left
	ErrBroken    SendError = "broken"    // the connection broke
	ErrTooLong   SendError = "too_long"  // the answer is longer than allowed
)

// Error returns the name of the error.
func (e SendError) Error() string { return string(e) }

// Is reports whether e came from the context error target.
func (e SendError) Is(target error) bool {
	return e == ErrTimeout && target == context.DeadlineExceeded || e == ErrCancelled && target == context.Canceled
}

// Line sends requests to one host. It follows no redirect and repeats nothing.
// The zero value sends nothing. Safe for concurrent use.
type Line struct {
	Base      *url.URL      // requests must have its scheme and host
	Timeout   time.Duration // of a call, including the reading of its answer
	Transport http.RoundTripper
	MaxBytes  int64 // of an answer's body
}

// Reply is a complete answer.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send makes one call. It uses ctx, limited by the line's time-out, instead of the
// request's own context. If it fails after the answer began, the reply holds the
// status.
//
// Errors: a SendError, and with ErrNotSent also that of ctx if it had ended before.
func (l *Line) Send(ctx context.Context, r *http.Request) (Reply, error) {
	if l.Transport == nil || l.Base == nil || ctx.Err() != nil || !l.leadsTo(r) {
		closeBody(r)
		return Reply{}, errors.Join(ErrNotSent, ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, l.Timeout)
	defer cancel()
	var connection connecting
	reply, err := l.exchange(r.WithContext(httptrace.WithClientTrace(ctx, connection.trace())))
	switch {
	case err == nil:
		return reply, nil
	case connection.failed():
		return Reply{}, ErrNotSent
	}
	return Reply{Status: reply.Status}, sendErrorOf(err)
}

// closeBody drops the error, because nothing of the body was sent.
func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

func (l *Line) leadsTo(r *http.Request) bool {
	return r.URL != nil && r.URL.Scheme == l.Base.Scheme && r.URL.Host == l.Base.Host && (r.Host == "" || r.Host == l.Base.Host)
}

func (l *Line) exchange(r *http.Request) (reply Reply, err error) {
	response, err := l.Transport.RoundTrip(r)
	if err != nil {
		return Reply{}, err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	reply = Reply{Status: response.StatusCode, Header: response.Header}
	reply.Body, err = io.ReadAll(io.LimitReader(response.Body, l.MaxBytes+1))
	if err == nil && int64(len(reply.Body)) > l.MaxBytes {
		err = ErrTooLong
	}
	return reply, err
}

// connecting records whether the transport asked for a connection and got one. If
// it got none, nothing was sent. It stays unknown for a transport that does not
// report to httptrace.
type connecting struct{ sought, found atomic.Bool }

func (c *connecting) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { c.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.found.Store(true) },
	}
}

func (c *connecting) failed() bool { return c.sought.Load() && !c.found.Load() }

// sendErrorOf classifies what stopped a call. It drops the text, which may hold an
// address.
func sendErrorOf(err error) SendError {
	var (
		dial *net.OpError
		cert *tls.CertificateVerificationError
		slow net.Error
	)
	switch {
	case errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"), errors.As(err, &cert):
		return ErrNotSent
	case errors.Is(err, ErrTooLong):
		return ErrTooLong
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return ErrTimeout
	case errors.Is(err, context.Canceled):
		return ErrCancelled
	}
	return ErrBroken
}
