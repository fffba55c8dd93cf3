package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/loadtest/bench"
	"renzheng/cmd/loadtest/scratch"
)

// benchCommand compares the server with bare handlers.
type benchCommand struct {
	BFF string `help:"The server's binary." name:"bff" default:"bin/bff" type:"path"`
}

// Run prints lines `ratio: NAME ENGINE VALUE` and what else was measured.
func (c benchCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	return bench.Run(ctx, bench.Options{BFF: c.BFF, Self: self, MySQL: os.Getenv(scratch.DSNVariable), Out: os.Stdout})
}

// bareCommand serves what the server is compared with; bench starts it.
type bareCommand struct{}

// Run serves until a signal.
func (bareCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return bench.ServeBare(ctx, os.Getenv(bench.BareDatabase), os.Stdout)
}
