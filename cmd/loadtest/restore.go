package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/loadtest/restore"
	"renzheng/cmd/loadtest/scratch"
)

// restoreCommand loses the database and recovers it.
type restoreCommand struct {
	BFF     string        `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
	Engine  string        `help:"sqlite, or mariadb on the server that BFF_TEST_MYSQL_DSN names." enum:"sqlite,mariadb" default:"sqlite"`
	Persons int           `help:"How many sign at a time." default:"12"`
	Seed    uint64        `help:"Of the registry's failures, as a run prints it; 0 = a random one." default:"0"`
	Load    time.Duration `help:"How long they sign before the backup, after it, and after the restore." default:"10s"`
	Fault   string        `help:"Do something wrong, to see it counted: early, or unrecovered." enum:",early,unrecovered" default:""`
}

// Run ends with what was lost and what was accepted again.
func (c restoreCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	result, err := restore.Run(ctx, restore.Options{
		BFF: c.BFF, Engine: c.Engine, MySQL: os.Getenv(scratch.DSNVariable), Persons: c.Persons, Seed: c.Seed, Load: c.Load,
		Fault: c.Fault, Out: os.Stdout,
	})
	if result.Requests == 0 {
		return err
	}
	return printLast(result, err)
}
