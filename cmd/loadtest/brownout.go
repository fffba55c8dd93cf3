package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/loadtest/bench"
)

// brownoutCommand makes third parties fail.
type brownoutCommand struct {
	BFF     string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Persons int    `help:"How many need the third party that is ill." default:"300"`
	Passes  int    `help:"How often every scene is played." default:"2"`
}

// Run prints lines `ratio: brownout NAME VALUE` and `charged: N`.
func (c brownoutCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return bench.Brownout(ctx, bench.BrownoutOptions{BFF: c.BFF, Out: os.Stdout, Persons: c.Persons, Passes: c.Passes})
}
