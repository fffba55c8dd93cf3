package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/sql/store"
)

// reloadKeys reads the key file again on each SIGHUP until ctx ends. An invalid file
// is logged and changes nothing.
func reloadKeys(ctx context.Context, c config.Storage, ring *keyring.Keyring, db *store.Store, logger *slog.Logger) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup:
		}
		if err := reload(ctx, c, ring, db); err != nil {
			logger.ErrorContext(ctx, "keys not reloaded", "error", err)
			continue
		}
		logger.InfoContext(ctx, "keys reloaded")
	}
}

// reload compares the key file with the database before it uses any of the keys. An
// old file would seal and look up data by keys under which nothing is stored.
func reload(ctx context.Context, c config.Storage, ring *keyring.Keyring, db *store.Store) error {
	content, err := c.ReadSecretFile(c.Keys)
	if err != nil {
		return fmt.Errorf("reading the key file: %w", err)
	}
	candidate, err := keyring.Open(content)
	if err != nil {
		return err
	}
	if err = db.CompareKeys(ctx, candidate); err != nil {
		return fmt.Errorf("comparing the keys: %w", err)
	}
	if err = ring.Reload(content); err != nil {
		return err
	}
	return db.RegisterKeys(ctx)
}
