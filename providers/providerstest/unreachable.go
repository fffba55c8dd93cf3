package providerstest

import (
	"context"
	"net"
	"net/http"
	"syscall"
)

// Unreachable returns a transport that cannot connect to any host, as if nobody
// listened there. Unlike a port that was just closed, it cannot be taken by another
// process.
func Unreachable() http.RoundTripper {
	return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}}
}
