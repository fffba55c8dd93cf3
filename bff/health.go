package bff

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"renzheng/bff/problem"
)

// Addresses of probes.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// readyFor is how long an answer about readiness is reused. Probes are not limited,
// and each of them would query the database.
const readyFor = time.Second

// readiness asks whether the database can serve, at most once in readyFor. It is
// safe for concurrent use: callers that come meanwhile wait for the same answer.
type readiness struct {
	ask   func(context.Context) error
	clock func() time.Time

	mu    sync.Mutex
	until time.Time // when the answer is no longer reused
	err   error
}

func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.clock().Before(r.until) {
		return r.err
	}
	r.err = r.ask(context.WithoutCancel(ctx)) // a probe that disconnects must not fail the others
	r.until = r.clock().Add(readyFor)
	return r.err
}

// probes answers the probes of the environment.
type probes struct {
	readiness            *readiness
	version, environment string
	logger               *slog.Logger
}

type healthBody struct {
	Status      string `json:"status" example:"ok"`
	Version     string `json:"version" doc:"Version of the program, for operators." example:"v1.2.0"`
	Environment string `json:"environment" doc:"production, or sandbox if third parties are simulated." example:"production"`
}

type healthOutput struct{ Body healthBody }

// health reports that the process answers. It queries nothing.
func (p *probes) health(context.Context, *struct{}) (*healthOutput, error) {
	return &healthOutput{healthBody{Status: "ok", Version: p.version, Environment: p.environment}}, nil
}

// ready reports whether requests can be served now. The log has the reason if they
// cannot.
func (p *probes) ready(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	if err := p.readiness.check(ctx); err != nil {
		p.logger.WarnContext(ctx, "not ready", slog.Any("cause", err))
		return nil, problem.Reject(problem.NotReady)
	}
	return p.health(ctx, nil)
}
