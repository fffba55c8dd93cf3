package bff

import (
	"net/http"
	"time"
)

// Times of a connection.
const (
	headerTime = 5 * time.Second           // a header is a few hundred bytes
	readTime   = requestTime + time.Minute // the whole request; what runs longer would be cancelled, so it is above requestTime
	writeTime  = requestTime + time.Minute // from the header's end to the answer's, on a slow line
	idleTime   = 2 * time.Minute           // a mini-program's next call comes soon or never

	maxHeaderBytes = 16 << 10 // a registry's signature with its input is below 2 KiB
)

// NewServer gives a server whose every wait ends. The caller starts and shuts it
// down.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime,
		WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeaderBytes,
	}
}
