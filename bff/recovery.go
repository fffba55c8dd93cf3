package bff

import (
	"fmt"
	"log/slog"
	"runtime"
	"strconv"

	"github.com/gin-gonic/gin"
)

const maxFrames = 32 // the interesting ones are near the top

// rescue answers a panic with a problem. The log gets the type of its value
// and the frames: the value itself may be somebody's data (R32).
func (a *API) rescue(g *gin.Context, c *call) {
	value := recover()
	if value == nil {
		return
	}
	a.deps.Logger.ErrorContext(g.Request.Context(), "panic",
		slog.String("request_id", c.id), slog.String("kind", fmt.Sprintf("%T", value)), slog.Any("frames", frames()))
	c.cause = errPanic
	if g.Writer.Written() {
		g.Abort()
		return
	}
	a.abort(g, a.newProblem(c, codeInternal))
}

// frames names functions and lines from the panic outwards.
func frames() []string {
	const ownFrames = 4 // Callers, frames, rescue and the runtime's own
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
