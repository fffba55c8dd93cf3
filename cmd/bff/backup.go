package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/backup"
)

// backupCommand copies the database while it is in use.
type backupCommand struct {
	config.Storage `embed:""`

	File string `arg:"" help:"New file for the copy, or an existing folder, in which it is named by the time. Its SHA-256 is written to FILE.sha256." type:"path"`
	Keep int    `help:"Number of copies to keep in the folder. Older ones are removed once the new one is complete. By default all are kept." placeholder:"N"`
}

var errKeep = errors.New("--keep must be at least 1, and goes with a folder")

// Run writes the file under another name until it is complete.
func (c *backupCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	file := c.File
	info, err := os.Stat(c.File)
	named := err != nil || !info.IsDir()
	if !named {
		file = filepath.Join(c.File, backup.NameAt(time.Now()))
	}
	if c.Keep < 0 || c.Keep > 0 && named {
		return errKeep
	}
	digest, err := backup.Create(ctx, backup.Options{
		DSN: c.Database.Reveal(), File: file, Clock: time.Now, Progress: showMegabytes("copied"),
	})
	fmt.Fprintln(os.Stderr) // ends the line of progress
	if err != nil {
		return fmt.Errorf("taking a backup: %w", err)
	}
	fmt.Println("written:", file)
	if err = backup.Record(ctx, c.Database.Reveal(), time.Now()); err != nil { // the copy is complete all the same
		fmt.Fprintf(os.Stderr, "%v\nthe servers do not know of this backup, and bff_backup_age_seconds goes on growing\n", err)
	}
	fmt.Println("sha256:", digest)
	fmt.Println("keep the key files of its time apart from it: without them it cannot be read; 'bff recover --from FILE' puts it into service")
	return c.prune(file)
}

// prune removes the oldest copies, if the operator has said how many are to stay.
func (c *backupCommand) prune(latest string) error {
	if c.Keep == 0 {
		return nil
	}
	removed, err := backup.Prune(latest, c.Keep, time.Now())
	for _, name := range removed {
		fmt.Println("removed:", name)
	}
	return err
}

// showMegabytes returns a function that shows progress in bytes.
func showMegabytes(what string) func(done, total int64) {
	const megabyte = 1 << 20
	return func(done, total int64) {
		showProgress(int((done+megabyte-1)/megabyte), int((total+megabyte-1)/megabyte), what+" MiB")
	}
}
