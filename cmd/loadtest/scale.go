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

// scaleCommand compares the server on small and large databases.
type scaleCommand struct {
	BFF    string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Sizes  []int  `help:"Todos in each database; the others are compared with the first." default:"100000,1000000,10000000"`
	Rounds int    `help:"Of each operation on each database." default:"9"`
}

// Run prints lines `ratio: OPERATION SIZE/FIRST VALUE`.
func (c scaleCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return bench.RunScale(ctx, bench.ScaleOptions{
		BFF: c.BFF, MySQL: os.Getenv(scratch.DSNVariable), Sizes: c.Sizes, Out: os.Stdout, Rounds: c.Rounds,
		Parallel: 4, ReadTime: 2 * time.Second, Writes: 200, Readers: 400, //nolint:mnd // what a round measures
	})
}
