package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/bff/config"
)

// migrateCommand brings the schema up to date, as serve does.
type migrateCommand struct {
	config.Storage `embed:""`
}

// Run brings the schema up to date.
func (c *migrateCommand) Run() error {
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(context.Background(), c.Storage, ring, time.Now)
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

// Run shows a progress bar. It may be interrupted at any time and run again, because
// each row is either under the old key or under the new one.
func (c *rekeyCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, c.Storage, ring, time.Now)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	err = db.Rekey(ctx, showProgress)
	fmt.Fprintln(os.Stderr) // ends the line of progress
	if err != nil {
		return fmt.Errorf("moving to the newest keys (run it again to go on): %w", err)
	}
	fmt.Fprintln(os.Stderr, "all data is under the newest keys")
	return nil
}

// showProgress writes a line of progress over the previous one.
func showProgress(done, total int, what string) {
	const width = 40
	filled := width
	if total > 0 {
		filled = width * done / total
	}
	fmt.Fprintf(os.Stderr, "\r%-14s [%-*s] %d/%d", what, width, marks[:filled], done, total)
}

// marks is as long as the widest bar.
const marks = "########################################"
