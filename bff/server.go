package bff

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

// NewServer returns a server with timeouts, whose messages go to the log. The caller starts and shuts it down.
func NewServer(handler http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler: recoverPanics(handler, logger), ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime,
		WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeaderBytes,
	}
}

// recoverPanics keeps the panics of a handler from net/http, which would log their
// values.
func recoverPanics(handler http.Handler, logger *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer recoverPanic(r.Context(), logger)
		handler.ServeHTTP(w, r)
	})
}

// recoverPanic logs a panic without its value, which may be personal (R32), and ends
// the connection.
func recoverPanic(ctx context.Context, logger *slog.Logger) {
	value := recover()
	if value == nil {
		return
	}
	if err, ok := value.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		logger.ErrorContext(ctx, "panic", slog.String("kind", fmt.Sprintf("%T", value)), slog.Any("frames", frames()))
	}
	panic(http.ErrAbortHandler) // net/http ends the connection and logs nothing
}
