package cluster

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

// finishTime is longer than a story takes, and shorter than a call that died
// with its replica keeps its key.
const finishTime = 15 * time.Second

// Run breaks and counts. The data is kept where a promise was not kept, and its
// folder is printed.
//
// Errors: ErrBroken, or what kept the test from being one; the verdict is nil then.
func Run(ctx context.Context, o Options) (verdict *crowd.Verdict, err error) {
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	folder, err := os.MkdirTemp("", "renzheng-cluster-")
	if err != nil {
		return nil, fmt.Errorf("making a folder: %w", err)
	}
	t := &test{
		options: o, folder: folder, rand: rand.New(rand.NewPCG(o.Seed, 1)), begun: time.Now(),
		crowd: crowd.New(crowd.Options{Persons: o.Persons, Seed: o.Seed, Out: o.Out, Patience: o.Patience, Finish: finishTime}),
		nodes: nodes{script: o.Script, folder: o.Galera},
	}
	if err = t.say("seed %d, 3 nodes, 2 replicas, %d persons, %d rounds", o.Seed, o.Persons, o.Rounds); err != nil {
		return nil, err
	}
	if verdict, err = t.run(ctx); err != nil {
		return verdict, errors.Join(err, t.say("data and logs are kept in %s", folder))
	}
	return verdict, os.RemoveAll(folder)
}

func (t *test) run(ctx context.Context) (verdict *crowd.Verdict, err error) {
	logs, err := os.Create(filepath.Join(t.folder, "bff.log"))
	if err != nil {
		return nil, fmt.Errorf("making a log: %w", err)
	}
	defer func() { err = errors.Join(err, logs.Close()) }()
	place := scratch.Place{Engine: scratch.MariaDB, Server: t.nodes.server(1)}
	database, err := place.Create(ctx, "cluster")
	if err != nil {
		return nil, err
	}
	t.nodes.database = scratch.Name(database)
	if t.balancer, err = replicas.NewBalancer(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.balancer.Close()) }()
	if t.sandbox, err = harness.New(ctx, harness.Options{
		Data: t.folder, API: t.balancer.Address, Database: t.nodes.address(1), Fail: t.crowd.Fail, Settings: crowd.Generous(),
	}); err != nil {
		return nil, fmt.Errorf("making a sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, t.sandbox.Close()) }()
	defer func() { t.killReplicas() }() // those that still run where something went wrong
	for i := range t.replicas {
		if t.replicas[i], err = startReplica(ctx, t, i, logs); err != nil {
			return nil, err
		}
	}
	t.balancer.Watch(ctx, t.plain())
	return t.play(ctx)
}

// play lets persons sign through all rounds, and judges.
func (t *test) play(ctx context.Context) (*crowd.Verdict, error) {
	t.crowd.Begin(ctx, t.sandbox)
	err := t.measure(ctx)
	for round := 0; err == nil && round < t.options.Rounds; round++ {
		err = t.round(ctx, round)
	}
	t.crowd.End()
	if err != nil {
		return nil, err
	}
	if err = t.tell("all rounds are over; %s", t.crowd); err != nil {
		return nil, err
	}
	if err = t.crowd.Drain(ctx); err != nil {
		return nil, err
	}
	return t.judge(ctx)
}
