package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/backup"
)

// backupCommand copies the database while it is in use.
type backupCommand struct {
	config.Storage `embed:""`

	File string `arg:"" help:"New file for the copy. Its SHA-256 is written to FILE.sha256." type:"path"`
}

// Run writes the file under another name until it is complete.
func (c *backupCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	digest, err := backup.Create(ctx, backup.Options{
		DSN: c.Database.Reveal(), File: c.File, Clock: time.Now, Progress: showMegabytes("copied"),
	})
	fmt.Fprintln(os.Stderr) // ends the line of progress
	if err != nil {
		return fmt.Errorf("taking a backup: %w", err)
	}
	fmt.Println("written:", c.File)
	fmt.Println("sha256:", digest)
	fmt.Println("keep the key files of its time apart from it: without them it cannot be read; 'bff recover --from FILE' puts it into service")
	return nil
}

// showMegabytes returns a function that shows progress in bytes.
func showMegabytes(what string) func(done, total int64) {
	const megabyte = 1 << 20
	return func(done, total int64) {
		showProgress(int((done+megabyte-1)/megabyte), int((total+megabyte-1)/megabyte), what+" MiB")
	}
}
