package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/loadtest/bench"
	"renzheng/cmd/loadtest/scratch"
)

// capacityCommand measures what docs/capacity.md computes with.
type capacityCommand struct {
	BFF    string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Rounds int    `help:"Of each operation." default:"5"`
}

// Run prints lines `capacity: OPERATION …`, and the table of the years' loads.
func (c capacityCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return bench.RunCapacity(ctx, bench.ScaleOptions{
		BFF: c.BFF, MySQL: os.Getenv(scratch.DSNVariable), Out: os.Stdout, Rounds: c.Rounds,
		Parallel: 4, ReadTime: 2 * time.Second, Writes: 200, Readers: 200, //nolint:mnd // what a round measures
	})
}
