package store

import (
	"context"
	"database/sql/driver"
	"runtime"
	"strings"

	"github.com/XSAM/otelsql"
	"go.opentelemetry.io/otel/trace"
)

// traceOptions make a span of each statement of a request that is recorded. Its name is that of the function of this package
// that has the statement. The text of a statement, its arguments and the text of an error, which may quote them, are left
// out.
func traceOptions(p trace.TracerProvider) []otelsql.Option {
	return []otelsql.Option{
		otelsql.WithTracerProvider(p),
		otelsql.WithSpanNameFormatter(func(_ context.Context, m otelsql.Method, _ string) string { return statementName(m) }),
		otelsql.WithSpanOptions(otelsql.SpanOptions{
			DisableQuery: true, DisableErrSkip: true, OmitConnResetSession: true, OmitConnPrepare: true, OmitRows: true,
			OmitConnectorConnect: true,
			RecordError:          func(error) bool { return false },
			SpanFilter: func(ctx context.Context, _ otelsql.Method, _ string, _ []driver.NamedValue) bool {
				return trace.SpanFromContext(ctx).IsRecording()
			},
		}),
	}
}

// statementName returns "sql" and the function that has the statement, or what a transaction does.
func statementName(m otelsql.Method) string {
	switch m { //nolint:exhaustive // the others are statements
	case otelsql.MethodConnBeginTx:
		return "sql begin"
	case otelsql.MethodTxCommit:
		return "sql commit"
	case otelsql.MethodTxRollback:
		return "sql rollback"
	}
	const most = 32 // the driver's and the pool's own frames are less than twenty
	var callers [most]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers[:])])
	for {
		frame, more := frames.Next()
		if name, ok := functionName(frame.Function); ok {
			return "sql " + name
		}
		if !more {
			return "sql"
		}
	}
}

// functionName returns the name of a function of this package that has statements of its own: "Confirm" for
// renzheng/sql/store.(*Store).Confirm.func1.
func functionName(function string) (string, bool) {
	const own = "renzheng/sql/store."
	name, ok := strings.CutPrefix(function, own)
	if !ok || strings.HasPrefix(name, "traceOptions.") {
		return "", false
	}
	if receiver, method, isMethod := strings.Cut(name, ")."); isMethod {
		if receiver != "(*Store" {
			return "", false // a pool or a connection
		}
		name = method
	}
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "[")
	switch name {
	case "exec", "retry", "tx", "statementName", "rowsMatched", "exactlyOne":
		return "", false
	}
	return name, true
}
