package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/bff/config"
)

// migrateCommand brings the schema up to date; serve does so too.
type migrateCommand struct {
	config.Storage `embed:""`
}

// Run migrates and says so.
func (c *migrateCommand) Run() error {
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(context.Background(), c.Storage, ring)
	if err != nil {
		return err
	}
	fmt.Println("the schema is up to date")
	return db.Close()
}

// rekeyCommand moves stored data to the newest keys.
type rekeyCommand struct {
	config.Storage `embed:""`
}

// Run shows a progress bar. It may be interrupted at any time and run again: a
// row is either under the old key or under the new one.
func (c *rekeyCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, c.Storage, ring)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	err = db.Rekey(ctx, showProgress)
	fmt.Fprintln(os.Stderr) // the line of progress has no end of its own
	if err != nil {
		return fmt.Errorf("moving to the newest keys (run it again to go on): %w", err)
	}
	fmt.Fprintln(os.Stderr, "all data is under the newest keys")
	return nil
}

// showProgress draws one line that is drawn over at each step.
func showProgress(done, total int, what string) {
	const width = 40
	filled := width
	if total > 0 {
		filled = width * done / total
	}
	fmt.Fprintf(os.Stderr, "\r%-14s [%-*s] %d/%d", what, width, bar[:filled], done, total)
}

// bar is as long as the progress line is wide.
const bar = "########################################"
