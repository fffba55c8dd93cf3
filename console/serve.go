package console

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"renzheng/random"
)

// requestTime bounds a request, forms with files included.
const requestTime = 35 * time.Second

// policy is the Content-Security-Policy of pages: their own style sheet, pictures and forms, and no script. See page.script for the
// exception.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers returns the headers of every answer.
func headers() map[string]string {
	return map[string]string{
		"Cache-Control": "no-store", "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy": "camera=(self), geolocation=(), microphone=()", "Vary": "Accept-Language, Cookie",
	}
}

type callKey struct{}

// serve is the outermost middleware. It sets the headers and the time limit, and writes the access line.
func (c *Console) serve(g *gin.Context) {
	r := &call{console: c, gin: g, id: random.RequestID(c.deps.Rand), language: languageOf(g.Request), started: c.deps.Clock(), route: route{id: "unknown", open: true}}
	ctx, cancel := context.WithTimeout(g.Request.Context(), requestTime)
	defer cancel()
	g.Request = g.Request.WithContext(context.WithValue(ctx, callKey{}, r))
	for name, value := range headers() {
		g.Header(name, value)
	}
	if len(c.deps.Address) > len("https://") && c.deps.Address[:8] == "https://" {
		g.Header("Strict-Transport-Security", "max-age=31536000")
	}
	g.Header("X-Request-Id", r.id)
	g.Header("Content-Language", r.language)
	defer c.record(r)
	defer c.recoverPanic(r)
	g.Next()
}

// handle returns gin's handler of a route. It answers errors with a page.
func (c *Console) handle(r route) gin.HandlerFunc {
	return func(g *gin.Context) {
		called, _ := g.Request.Context().Value(callKey{}).(*call)
		called.route = r
		if err := c.act(called); err != nil {
			c.fail(called, err)
		}
	}
}

// act answers a call. What the call holds is released before the page is written, because a member who has the page may send the
// next form at once.
func (c *Console) act(r *call) error {
	done, err := c.handled(r)
	if err != nil {
		return err
	}
	return done.write(r)
}

// handled returns the answer to a call: throttle, guard, handler.
func (c *Console) handled(r *call) (answer, error) {
	defer r.end()
	if c.deps.Fenced != nil {
		if err := c.deps.Fenced(); err != nil {
			return nil, err
		}
	}
	if err := r.throttleAddress(); err != nil {
		return nil, err
	}
	if err := r.guard(); err != nil {
		return nil, err
	}
	if err := r.chooseID(); err != nil {
		return nil, err
	}
	return r.route.act(r)
}

// end releases what the call holds.
func (c *call) end() {
	if c.release != nil {
		c.release()
	}
}

// record writes the access line: ids of the route, member and session, and the cause of a failure, but no path and no value that the
// client sent (R32).
func (c *Console) record(r *call) {
	level, status := slog.LevelInfo, r.gin.Writer.Status()
	c.metrics.count(r.route, status, c.deps.Clock().Sub(r.started))
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	fields := []slog.Attr{
		slog.String("request_id", r.id), slog.String("route", r.route.id), slog.Int("status", status),
		slog.Float64("duration_ms", float64(c.deps.Clock().Sub(r.started))/float64(time.Millisecond)),
	}
	if r.session.ID != "" {
		fields = append(fields, slog.String("member_id", r.member().ID), slog.String("staff_session_id", r.session.ID))
	}
	if r.cause != nil {
		fields = append(fields, slog.String("cause", r.cause.Error()))
	}
	c.deps.Logger.LogAttrs(context.WithoutCancel(r.ctx()), level, "console request", fields...)
}

// recoverPanic answers with 500 after a panic. It logs the type of the value only, because the value may be personal.
func (c *Console) recoverPanic(r *call) {
	value := recover()
	if value == nil {
		return
	}
	r.cause = fmt.Errorf("panic of type %T", value)
	if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	r.gin.AbortWithStatus(http.StatusInternalServerError)
}
