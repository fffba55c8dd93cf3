package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/setting"
	"renzheng/sql/backup"
	"renzheng/sql/store"
)

// recoverCommand puts a database that comes from a backup into service (R57).
type recoverCommand struct {
	config.Config `embed:""`

	From          string    `help:"Load this backup first, or the newest of this folder. The database must be absent, empty, or a copy." type:"path"`
	Erasures      []string  `help:"Journals of other servers (their BFF_STATE_DIR, or erasures.jsonl of it): those who asked for it since the backup are erased again." type:"path"`
	AnnounceSince time.Time `help:"Push again all events since this time, such as 2026-12-01T08:00:00+08:00. By default those since a day before the backup." placeholder:"TIME"`
}

// Run does every step of a recovery. It may be interrupted and run again.
func (c *recoverCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	folder, err := state.Open(c.Storage.StateDir)
	if err != nil {
		return setting.Errorf("BFF_STATE_DIR", "%w", err)
	}
	if folder == nil {
		fmt.Fprintln(os.Stderr, "BFF_STATE_DIR is not set: which epochs and requests for erasure there were since the backup is not known")
	}
	erasures, err := readErasures(folder, c.Erasures)
	if err == nil {
		err = c.chooseBackup()
	}
	if err != nil {
		return err
	}
	ring, err := c.Storage.OpenKeys()
	if err != nil {
		return err
	}
	digest, done, err := c.load(ctx, ring)
	if err != nil || done {
		return err
	}
	db, err := c.open(ctx, ring)
	if err != nil {
		return err
	}
	r := recovery{db: db, ring: ring, folder: folder, erasures: erasures, backup: digest, config: &c.Config, since: c.AnnounceSince}
	if err = errors.Join(r.run(ctx), db.Close()); err != nil {
		return fmt.Errorf("recovering (run it again to go on; no server starts before): %w", err)
	}
	return nil
}

// chooseBackup names the newest backup if a folder is named.
func (c *recoverCommand) chooseBackup() error {
	if info, err := os.Stat(c.From); err != nil || !info.IsDir() {
		return nil //nolint:nilerr // what loads the file reports it
	}
	newest, err := backup.Newest(c.From)
	if err != nil {
		return err
	}
	c.From = newest
	fmt.Println("from:", c.From)
	return nil
}

// readErasures returns what the journals have.
func readErasures(own *state.Folder, others []string) ([]rights.Erasure, error) {
	all, err := own.Erasures()
	for _, path := range others {
		var more []rights.Erasure
		if err == nil {
			more, err = readJournal(path)
		}
		all = append(all, more...)
	}
	return all, err
}

// readJournal returns what another server's journal has, which is a file or in a folder. The folder of a server that
// took no request has none.
func readJournal(path string) (found []rights.Erasure, err error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("opening a journal of erasures: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("opening a journal of erasures: %w", err)
	}
	if info.IsDir() {
		return state.At(path).Erasures()
	}
	return state.ReadErasures(f)
}

func (c *recoverCommand) open(ctx context.Context, ring *keyring.Keyring) (*store.Store, error) {
	settings := storeConfig(c.Storage, ring, time.Now)
	settings.RequireSeal = false // sessions of a backup from before the seal are closed too
	db, err := store.Open(ctx, settings)
	if err != nil {
		return nil, setting.Errorf("BFF_DATABASE", "opening the database: %w", err)
	}
	return db, nil
}

// load loads the backup, if one is named, and returns its digest. done reports whether that backup was recovered before.
func (c *recoverCommand) load(ctx context.Context, ring *keyring.Keyring) (digest string, done bool, err error) {
	if c.From == "" && !databaseExists(c.Storage) {
		return "", false, errEmpty
	}
	if c.From == "" {
		return "", false, nil
	}
	if digest, err = backup.Verify(c.From); err != nil {
		return "", false, err
	}
	if done, err = c.recoveredBefore(ctx, ring, digest); err != nil || done {
		return "", done, err
	}
	err = backup.Load(ctx, backup.Options{DSN: c.Storage.Database.Reveal(), File: c.From, Clock: time.Now, Progress: showMegabytes("loaded")})
	fmt.Fprintln(os.Stderr) // ends the line of progress
	if err != nil {
		return "", false, fmt.Errorf("loading %s: %w", c.From, err)
	}
	return digest, false, nil
}

// recoveredBefore reports whether the database is in service and comes from this backup.
func (c *recoverCommand) recoveredBefore(ctx context.Context, ring *keyring.Keyring, digest string) (bool, error) {
	if !databaseExists(c.Storage) {
		return false, nil
	}
	db, err := c.open(ctx, ring)
	if err != nil {
		return false, err
	}
	epoch, err := db.Epoch(ctx)
	if err = errors.Join(err, db.Close()); err != nil {
		return false, ignoreNoEpoch(err)
	}
	done := epoch.Live() == nil && epoch.Backup == digest
	if done {
		fmt.Printf("the database was recovered from this backup before, and is in service in epoch %d; nothing to do\n", epoch.Number)
	}
	return done, nil
}

// ignoreNoEpoch returns nil for a database that is empty.
func ignoreNoEpoch(err error) error {
	if errors.Is(err, store.ErrNoEpoch) {
		return nil
	}
	return err
}
