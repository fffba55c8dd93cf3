package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/cmd/loadtest/upgrade"
)

// upgradeCommand replaces servers by another version while persons sign.
type upgradeCommand struct {
	Old      string        `help:"The server's binary of the last release." required:"" type:"existingfile"`
	BFF      string        `help:"The server's binary of this version." name:"bff" default:"bin/bff" type:"path"`
	Rolls    int           `help:"How often both replicas are replaced, forward and back in turn." default:"20"`
	Persons  int           `help:"How many sign at a time." default:"16"`
	Enough   int           `help:"Confirmations between two replacements." default:"10"`
	Seed     uint64        `help:"Of failures, as a run prints it; 0 = a random one." default:"0"`
	Careless bool          `help:"Stop servers without taking them out of the balancer first: shows that failed requests are counted."`
	Patience time.Duration `help:"How long the registry waits in the end before it asks for what it misses." default:"15s"`
}

// Run ends with what failed, what was lost and what was doubled.
func (c upgradeCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	result, err := upgrade.Run(ctx, upgrade.Options{
		Old: c.Old, New: c.BFF, MySQL: os.Getenv(scratch.DSNVariable), Rolls: c.Rolls, Persons: c.Persons, Enough: c.Enough,
		Seed: c.Seed, Careless: c.Careless, Patience: c.Patience, Out: os.Stdout,
	})
	if result.Verdict == nil {
		return err
	}
	return printLast(result, err)
}
