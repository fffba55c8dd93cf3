package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"renzheng/cmd/bff/state"
	"renzheng/setting"
	"renzheng/sql/store"
)

// compareEpoch returns an error unless the database is in service, the one that this machine has
// seen, and of no older epoch (R57). It changes nothing.
//
// Errors: store.ErrNoEpoch, store.ErrNotLive, errOlder, errOther, and those of the state directory.
func compareEpoch(ctx context.Context, stateDir string, db *store.Store) error {
	epoch, err := db.Epoch(ctx)
	if err == nil {
		err = epoch.Live()
	}
	if err != nil && !errors.Is(err, store.ErrNoEpoch) || stateDir == "" {
		return err
	}
	folder, failed := state.Open(stateDir)
	if failed != nil {
		return setting.Errorf("BFF_STATE_DIR", "%w", failed)
	}
	seen, failed := folder.Epoch()
	if failed != nil {
		return setting.Errorf("BFF_STATE_DIR", "%w", failed)
	}
	// A database that lacks an epoch has number 0: it was lost, and is not made anew by a server that starts again.
	last := seenEpoch(seen)
	if epoch.Before(last) {
		return fmt.Errorf("%w: epoch %d, while %s has seen %d: if it was restored, run 'bff recover'; if it is another database, give it another BFF_STATE_DIR",
			errOlder, epoch.Number, stateDir, last.Number)
	}
	if epoch.OtherThan(last) {
		return fmt.Errorf("%w: if two installations share %s, give each its own; if the former database was lost, run 'bff recover --from' with its backup",
			errOther, stateDir)
	}
	return err
}

var (
	// errOlder reports a database that was put back without 'bff recover'.
	errOlder = errors.New("the database is of an older epoch than this server has seen")

	// errOther reports a database of another installation, or one that was created instead of a lost one.
	errOther = errors.New("the database is another one than BFF_STATE_DIR has seen")
)

func seenEpoch(e state.Epoch) store.Epoch {
	return store.Epoch{Number: e.Number, BeganAt: e.BeganAt, Database: e.Database}
}

func stateEpoch(e store.Epoch) state.Epoch {
	return state.Epoch{Number: e.Number, BeganAt: e.BeganAt, Database: e.Database}
}

// rememberEpoch stores the epoch of a database that is about to be served from.
func rememberEpoch(ctx context.Context, stateDir string, db *store.Store, logger *slog.Logger) (store.Epoch, error) {
	epoch, err := db.Epoch(ctx)
	if err != nil {
		return store.Epoch{}, fmt.Errorf("reading the epoch: %w", err)
	}
	if stateDir == "" {
		logger.WarnContext(ctx, "BFF_STATE_DIR is not set: a database of an older epoch goes unnoticed, and a restore forgets erasures")
		return epoch, nil
	}
	folder, err := state.Open(stateDir)
	if err == nil {
		err = folder.Remember(stateEpoch(epoch))
	}
	if err != nil {
		return store.Epoch{}, setting.Errorf("BFF_STATE_DIR", "%w", err)
	}
	return epoch, nil
}

// epochEvery is how often a running server looks whether its database was replaced.
const epochEvery = 2 * time.Second

// watchEpoch fences the database when it is no longer the one with which the server
// started. The server then answers 503 until it is restarted, because what it knows
// of leases, switches and requests is of another epoch. A database that cannot be
// read says nothing about its epoch.
func watchEpoch(ctx context.Context, db *store.Store, started store.Epoch, logger *slog.Logger) error {
	tick := time.NewTicker(epochEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := replaced(ctx, db, started); err != nil {
			db.Fence(err)
			logger.ErrorContext(ctx, "the database was replaced: restart this server", "cause", err)
			return nil
		}
	}
}

// replaced returns what shows that the database is another one than at the start.
func replaced(ctx context.Context, db *store.Store, started store.Epoch) error {
	epoch, err := db.Epoch(ctx)
	switch {
	case errors.Is(err, store.ErrNoEpoch), errors.Is(err, store.ErrNotLive):
		return err
	case err != nil:
		return nil //nolint:nilerr // readiness reports a database that cannot be read
	case epoch.OtherThan(started):
		return errOther
	case !epoch.Same(started):
		return fmt.Errorf("the database is of epoch %d, the server started with %d", epoch.Number, started.Number)
	}
	return epoch.Live()
}
