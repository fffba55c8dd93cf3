package bff

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strconv"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
)

const maxFrames = 32 // the interesting ones are near the top

// recoverPanic answers a panic with a problem. It logs the type of the value and the
// frames. The value itself may be personal (R32).
func (e *edge) recoverPanic(g *gin.Context, c *call) {
	value := recover()
	if value == nil {
		return
	}
	if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler) // a handler broke off an answer that it had begun
	}
	e.logger.ErrorContext(g.Request.Context(), "panic",
		slog.String("request_id", c.id), slog.String("kind", fmt.Sprintf("%T", value)), slog.Any("frames", frames()))
	c.cause = errPanic
	if g.Writer.Written() {
		g.Abort()
		return
	}
	abort(g, e.problems.document(c, problem.Internal))
}

// frames returns functions and lines, beginning at the panic.
func frames() []string {
	const ownFrames = 4 // Callers, frames, recoverPanic and the runtime's own
	callers := make([]uintptr, maxFrames)
	walk := runtime.CallersFrames(callers[:runtime.Callers(ownFrames, callers)])
	var names []string
	for {
		frame, more := walk.Next()
		names = append(names, frame.Function+":"+strconv.Itoa(frame.Line))
		if !more {
			return names
		}
	}
}
