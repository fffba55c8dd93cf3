package upgrade

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/loadtest/replicas"
	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/crowd"
	"renzheng/test/harness"
)

// finishTime is longer than a story takes.
const finishTime = 40 * time.Second

// test is one run.
type test struct {
	options  Options
	folder   string
	begun    time.Time
	crowd    *crowd.Crowd
	sandbox  *harness.Sandbox
	balancer *replicas.Balancer
	replicas []*replicas.Replica
	logs     *os.File
	old, new version
}

// Run rolls and counts. The data is kept if a promise was not kept, and its folder
// is printed.
//
// Errors: ErrBroken, or what kept the test from being one.
func Run(ctx context.Context, o Options) (result Result, err error) {
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	folder, err := os.MkdirTemp("", "renzheng-upgrade-")
	if err != nil {
		return Result{}, fmt.Errorf("making a folder: %w", err)
	}
	place := scratch.Place{Engine: scratch.MariaDB, Server: o.MySQL}
	database, err := place.Create(ctx, "upgrade")
	if err != nil {
		return Result{}, errors.Join(err, os.RemoveAll(folder))
	}
	t := &test{
		options: o, folder: folder, begun: time.Now(),
		crowd: crowd.New(crowd.Options{Persons: o.Persons, Seed: o.Seed, Out: o.Out, Patience: o.Patience, Finish: finishTime}),
	}
	if err = t.say("seed %d, 2 replicas, %d persons, %d rolls", o.Seed, o.Persons, o.Rolls); err != nil {
		return Result{}, err
	}
	result, err = t.run(ctx, database)
	if err != nil {
		return result, errors.Join(err, t.say("data and logs are kept in %s", folder))
	}
	return result, errors.Join(place.Drop(ctx, database), os.RemoveAll(folder))
}

func (t *test) run(ctx context.Context, database string) (result Result, err error) {
	if t.logs, err = os.Create(filepath.Join(t.folder, "bff.log")); err != nil {
		return result, fmt.Errorf("making a log: %w", err)
	}
	defer func() { err = errors.Join(err, t.logs.Close()) }()
	if t.balancer, err = replicas.NewBalancer(ctx); err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, t.balancer.Close()) }()
	if t.sandbox, err = harness.New(ctx, harness.Options{
		Data: t.folder, API: t.balancer.Address, Database: database, Fail: t.crowd.Fail, Settings: crowd.Generous(),
	}); err != nil {
		return result, fmt.Errorf("making a sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, t.sandbox.Close()) }()
	if t.old, err = newVersion(ctx, "old", t.options.Old, t.sandbox.Settings); err != nil {
		return result, err
	}
	if t.new, err = newVersion(ctx, "new", t.options.New, t.sandbox.Settings); err != nil {
		return result, err
	}
	defer t.kill() // those that still run if something went wrong
	for i := range 2 {
		if err = t.start(ctx, i); err != nil {
			return result, err
		}
	}
	t.balancer.Watch(ctx, t.replicas)
	t.crowd.Begin(ctx, t.sandbox)
	result.Rolls, err = t.roll(ctx)
	t.crowd.End()
	if err != nil {
		return result, err
	}
	if err = t.crowd.Drain(ctx); err != nil {
		return result, err
	}
	return t.judge(ctx, database, result)
}

func (t *test) say(format string, args ...any) error {
	_, err := fmt.Fprintf(t.options.Out, format+"\n", args...)
	return err
}

// tell says something with the time since the run began.
func (t *test) tell(format string, args ...any) error {
	return t.say("%4.0f s: "+format, append([]any{time.Since(t.begun).Seconds()}, args...)...)
}
