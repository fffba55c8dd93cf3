package bff

import (
	"context"
	"log/slog"
)

// Addresses of probes.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

type healthBody struct {
	Status      string `json:"status" example:"ok"`
	Environment string `json:"environment" doc:"production, or sandbox where third parties are simulated." example:"production"`
}

type healthOutput struct{ Body healthBody }

// health says that the process answers, whatever stands behind it.
func (a *API) health(context.Context, *struct{}) (*healthOutput, error) {
	return &healthOutput{healthBody{"ok", a.deps.Environment}}, nil
}

// ready says whether requests can be served now. The reason against is the
// operator's to read, in the log.
func (a *API) ready(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	if err := a.deps.Ready(ctx); err != nil {
		a.deps.Logger.WarnContext(ctx, "not ready", slog.Any("cause", err))
		return nil, a.withRetry(a.newProblem(callOf(ctx), codeNotReady))
	}
	return &healthOutput{healthBody{"ok", a.deps.Environment}}, nil
}
