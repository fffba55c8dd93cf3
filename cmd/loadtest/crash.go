package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/loadtest/crash"
	"renzheng/cmd/loadtest/scratch"
)

// crashCommand kills the server while persons sign.
type crashCommand struct {
	BFF      string        `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Kills    int           `help:"How often." default:"100"`
	Persons  int           `help:"How many sign at a time." default:"50"`
	Engine   string        `help:"sqlite, or mariadb on the server that BFF_TEST_MYSQL_DSN names." enum:"sqlite,mariadb" default:"sqlite"`
	Seed     uint64        `help:"Of kills and failures, as a run prints it; 0 = a random one." default:"0"`
	Shortest time.Duration `help:"How long the server lives at least." default:"300ms"`
	Longest  time.Duration `help:"And at most." default:"2500ms"`
	Patience time.Duration `help:"How long the registry waits in the end before it asks for what it misses." default:"75s"`
}

// Run ends with what was lost and what was doubled.
func (c crashCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	result, err := crash.Run(ctx, crash.Options{
		BFF: c.BFF, Engine: c.Engine, MySQL: os.Getenv(scratch.DSNVariable), Kills: c.Kills, Persons: c.Persons,
		Seed: c.Seed, Out: os.Stdout, ShortestLife: c.Shortest, LongestLife: c.Longest, Patience: c.Patience,
	})
	if result.Verdict == nil {
		return err
	}
	return printLast(result, err)
}
