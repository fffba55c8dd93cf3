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

// unmatched stands for the route of an address that is none of ours.
const unmatched = "unmatched"

// record writes the access line and counts. The line has the route's template
// and ids of ours: no address, no query, no value (R32). The method is a value
// of the client's too, unless a route has it.
func (a *API) record(g *gin.Context, c *call) {
	route, method := c.route, g.Request.Method
	if route == "" {
		route, method = unmatched, ""
	}
	status := g.Writer.Status()
	took := a.deps.Clock().Sub(c.started)
	a.metrics.count(route, method, status, took)
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	// The request may have been cancelled; its line is written all the same.
	ctx := context.WithoutCancel(g.Request.Context())
	if !a.deps.Logger.Enabled(ctx, level) {
		return
	}
	fields := make([]slog.Attr, 0, 12) //nolint:mnd // as many as there can be
	fields = append(fields,
		slog.String("request_id", c.id), slog.String("method", method), slog.String("route", route),
		slog.Int("status", status), slog.Float64("duration_ms", float64(took)/float64(time.Millisecond)),
		slog.Int("bytes", max(0, g.Writer.Size())))
	a.deps.Logger.LogAttrs(ctx, level, "request", append(fields, c.known()...)...)
}

// known lists what the call found out.
func (c *call) known() []slog.Attr {
	var fields []slog.Attr
	if c.session.ID != "" {
		fields = append(fields, slog.String("session_id", c.session.ID), slog.String("account_id", c.session.Account.ID))
	}
	if c.registry != "" {
		fields = append(fields, slog.String("registry_id", c.registry))
	}
	if c.code != "" {
		fields = append(fields, slog.String("code", c.code))
	}
	if c.cause != nil {
		fields = append(fields, slog.String("cause", c.cause.Error()))
	}
	return fields
}
