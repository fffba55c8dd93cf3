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

// Fault is why a call brought no whole answer. Its text names no address.
type Fault string

// The faults. After any but NotSent the other side may have acted.
const (
	NotSent   Fault = "not_sent"  // surely no byte of it reached the host
	Timeout   Fault = "timeout"   // no whole answer in time
	Cancelled Fault = "cancelled" // the caller left
	Broken    Fault = "broken"    // the connection broke
	TooLong   Fault = "too_long"  // the answer had not ended at its bound
)

// Error gives the fault's name.
func (f Fault) Error() string { return string(f) }

// Is makes a Fault the context's error where it came from there.
func (f Fault) Is(target error) bool {
	return f == Timeout && target == context.DeadlineExceeded || f == Cancelled && target == context.Canceled
}

// Line leads to one host. The zero value lets nothing out. Safe for concurrent
// use.
type Line struct {
	Base      *url.URL      // where to; of requests, scheme and host must be equal
	Timeout   time.Duration // of a whole call, the reading of the answer included
	Transport http.RoundTripper
	MaxBytes  int64 // of an answer's body
}

// Reply is a whole answer.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send makes one call and never repeats or redirects it. The request needs no
// context of its own: ctx, bounded by the line's time-out, is the one that
// counts. Errors: a Fault.
func (l *Line) Send(ctx context.Context, r *http.Request) (Reply, error) {
	if l.Transport == nil || l.Base == nil || ctx.Err() != nil || !l.leadsTo(r) {
		return Reply{}, NotSent
	}
	ctx, cancel := context.WithTimeout(ctx, l.Timeout)
	defer cancel()
	var way connecting
	reply, err := l.exchange(r.WithContext(httptrace.WithClientTrace(ctx, way.trace())))
	switch {
	case err == nil:
		return reply, nil
	case way.failed():
		return Reply{}, NotSent
	}
	return Reply{Status: reply.Status}, faultOf(err)
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
		err = TooLong
	}
	return reply, err
}

// connecting watches whether a connection was ever there. Looking for one and
// finding none, whatever the reason, means that nothing was sent. A transport
// that does not tell what it does leaves that open.
type connecting struct{ sought, found atomic.Bool }

func (c *connecting) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { c.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.found.Store(true) },
	}
}

func (c *connecting) failed() bool { return c.sought.Load() && !c.found.Load() }

// faultOf tells what stopped a call, without its text.
func faultOf(err error) Fault {
	var (
		dial *net.OpError
		cert *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &dial) && dial.Op == "dial", errors.As(err, &cert):
		return NotSent
	case errors.Is(err, TooLong):
		return TooLong
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	case errors.Is(err, context.Canceled):
		return Cancelled
	}
	return Broken
}

// NewTransport gives a transport that reads no environment: personal data does
// not take a way that a variable names.
func NewTransport() http.RoundTripper {
	const (
		dialTimeout    = 3 * time.Second  // an unreachable host is told from a slow one
		idleTimeout    = 30 * time.Second // below that of the gateways in between
		idlePerHost    = 16               // all calls go to one host
		maxHeaderBytes = 64 << 10
	)
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialTimeout,
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    idlePerHost,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // an answer is as long as what was received, and digests are of that
	}
}
