package bff

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

var errPanic = errors.New("panic; see its own line")

// unmatched is logged as the route of an unknown path.
const unmatched = "unmatched"

// record writes the access line and counts the request. The line contains the
// route's template and ids of ours. It contains no path, no query and no value
// (R32).
func (e *edge) record(g *gin.Context, c *call) {
	route, method := c.named(g.Request.Method)
	status := g.Writer.Status()
	took := e.clock().Sub(c.started)
	e.metrics.count(route, method, status, took)
	if c.code != "" {
		e.metrics.problems.WithLabelValues(c.code).Inc()
	}
	e.countRequest(c)
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	// The line is also written if the request was cancelled.
	ctx := context.WithoutCancel(g.Request.Context())
	if !e.logger.Enabled(ctx, level) {
		return
	}
	fields := make([]slog.Attr, 0, 17) //nolint:mnd // as many as there can be
	fields = append(fields,
		slog.String("request_id", c.id), slog.String("method", method), slog.String("route", route),
		slog.Int("status", status), slog.Float64("duration_ms", float64(took)/float64(time.Millisecond)),
		slog.Int("bytes", max(0, g.Writer.Size())))
	e.logger.LogAttrs(ctx, level, "request", append(fields, c.attributes()...)...)
}

// named returns the route and the method of a request as they may be recorded. The method of an unknown route is a client's
// value, and left out.
func (c *call) named(method string) (string, string) {
	if c.route == "" {
		return unmatched, ""
	}
	return c.route, method
}

// attributes returns what is known about a request when it ends.
func (c *call) attributes() []slog.Attr {
	var fields []slog.Attr
	if c.session.ID != "" {
		fields = append(fields, slog.String("session_id", c.session.ID), slog.String("account_id", c.session.Account.ID))
	}
	if c.registry != "" {
		fields = append(fields, slog.String("registry_id", c.registry))
	}
	if c.verification != "" {
		fields = append(fields, slog.String("verification_id", c.verification))
	}
	if c.attempt != "" {
		fields = append(fields, slog.String("attempt_id", c.attempt))
	}
	if c.failure != "" {
		fields = append(fields, slog.String("failure", c.failure))
	}
	if c.code != "" {
		fields = append(fields, slog.String("code", c.code))
	}
	if c.rule != "" {
		fields = append(fields, slog.String("rule", c.rule))
	}
	if c.keyID != "" {
		fields = append(fields, slog.String("key_id", c.keyID))
	}
	if c.cause != nil {
		fields = append(fields, slog.String("cause", c.cause.Error()))
	}
	return fields
}
