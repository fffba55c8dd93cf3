package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/keyring"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/sql/store"
	"renzheng/todo"
)

// recovery is one run of the steps that put a restored database into service.
type recovery struct {
	db       *store.Store
	ring     *keyring.Keyring
	folder   *state.Folder // nil = none
	erasures []rights.Erasure
	backup   string // digest of the backup that was loaded; "" = by other means
	config   *config.Config
	since    time.Time // events to announce again; zero = since a day before the backup
}

const (
	announceMargin = 24 * time.Hour     // before the backup: what a registry may have lost as well
	announceLong   = 7 * announceMargin // before now, if the time of the backup is not known
)

var errEmpty = errors.New("there is no database in BFF_DATABASE: name a backup (--from FILE), or load one")

// run does every step. Each may be repeated. Only the last one puts the database into
// service.
func (r *recovery) run(ctx context.Context) error {
	epoch, err := r.begin(ctx)
	if err != nil {
		return err
	}
	if err = r.db.VoidBefore(ctx, time.Now(), func(what string, done int) { showProgress(done, done, what) }); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr) // ends the line of progress
	if err = r.erase(ctx); err != nil {
		return err
	}
	since := r.announceSince(epoch)
	announced, err := r.db.AnnounceAgain(ctx, since, time.Now())
	if err != nil {
		return err
	}
	if err = r.db.EndEpoch(ctx, epoch); err != nil {
		return err
	}
	if err = r.remember(ctx); err != nil {
		return err
	}
	fmt.Printf("events announced again: %d, since %s\n", announced, moment(since))
	fmt.Printf("the database is in service in epoch %d, which began at %s; start or restart every server\n", epoch.Number, moment(epoch.BeganAt))
	return nil
}

// remember stores the epoch as the servers will see it.
func (r *recovery) remember(ctx context.Context) error {
	epoch, err := r.db.Epoch(ctx)
	if err != nil {
		return err
	}
	return r.folder.Remember(stateEpoch(epoch))
}

// begin takes the database out of service and begins an epoch.
func (r *recovery) begin(ctx context.Context) (store.Epoch, error) {
	current, err := r.db.Epoch(ctx)
	switch {
	case errors.Is(err, store.ErrNoEpoch):
		return r.beginFirst(ctx)
	case err != nil:
		return store.Epoch{}, err
	case current.State == store.EpochLoading:
		return store.Epoch{}, store.ErrIncompleteCopy
	}
	// The keys first: a database of other keys is not the one that is meant.
	if err = r.db.CompareKeys(ctx, r.ring); err != nil {
		return store.Epoch{}, fmt.Errorf("comparing the keys: %w", err)
	}
	begun, err := r.beginEpoch(ctx)
	if err == nil {
		err = r.prepare(ctx)
	}
	return begun, err
}

// beginFirst begins the first epoch of a database that was restored by other means and comes from a version without epochs.
func (r *recovery) beginFirst(ctx context.Context) (store.Epoch, error) {
	if i, err := r.db.Inspect(ctx); err != nil || i.Schema == 0 {
		return store.Epoch{}, errors.Join(errEmpty, err)
	}
	if err := r.prepare(ctx); err != nil {
		return store.Epoch{}, err
	}
	return r.beginEpoch(ctx)
}

func (r *recovery) prepare(ctx context.Context) error {
	if err := migrateStore(ctx, r.db); err != nil {
		return fmt.Errorf("preparing the database: %w", err)
	}
	return nil
}

// beginEpoch begins an epoch, and waits until servers that still run on the database have noticed it.
func (r *recovery) beginEpoch(ctx context.Context) (store.Epoch, error) {
	before, err := r.db.Epoch(ctx)
	if err != nil {
		return store.Epoch{}, err
	}
	seen, err := r.folder.Epoch()
	if err == nil && before.OtherThan(seenEpoch(seen)) {
		err = errOther
	}
	if err != nil {
		return store.Epoch{}, err
	}
	epoch, err := r.db.BeginEpoch(ctx, seenEpoch(seen), r.backup, time.Now())
	if err != nil || before.State != store.EpochLive {
		return epoch, err
	}
	fmt.Fprintln(os.Stderr, "waiting until servers that run on this database have noticed it")
	select {
	case <-ctx.Done():
		return store.Epoch{}, ctx.Err()
	case <-time.After(2*epochEvery + time.Second):
		return epoch, nil
	}
}

// erase stores the requests of the journals that the backup does not have, and executes all that are due.
func (r *recovery) erase(ctx context.Context) error {
	for _, e := range r.erasures {
		if err := r.db.RequestErasure(ctx, e); err != nil {
			return err
		}
	}
	sources, err := r.config.LoadSources()
	if err != nil {
		return err
	}
	registries, err := r.registries()
	if err != nil {
		return err
	}
	erasing := rightsDeps(r.config, r.db, registries, sources)
	erasing.Clock = time.Now
	service := rights.New(erasing)
	for executed := 0; ; {
		n, err := service.ExecuteErasures(ctx)
		if err != nil {
			return err
		}
		if executed += n; n == 0 {
			fmt.Printf("erasures in the journals: %d, executed: %d\n", len(r.erasures), executed)
			return nil
		}
	}
}

// registries returns the registries, whose periods say how long an answer of an erased person stays. Without them all
// answers stay: the server erases them by its own settings.
func (r *recovery) registries() (todo.Registries, error) {
	if r.config.Registries != "" {
		return r.config.LoadRegistries()
	}
	fmt.Fprintln(os.Stderr, "BFF_REGISTRIES is not set: the answers of erased persons stay until a server erases them")
	return unknownPeriods{}, nil
}

// unknownPeriods are registries of which nothing is known.
type unknownPeriods struct{}

// Registry implements [todo.Registries].
func (unknownPeriods) Registry(id string) (todo.Registry, bool) {
	return todo.Registry{ID: id, RetentionDays: retention.Longest}, true
}

func (r *recovery) announceSince(e store.Epoch) time.Time {
	switch {
	case !r.since.IsZero():
		return r.since
	case !e.CopiedAt.IsZero():
		return e.CopiedAt.Add(-announceMargin)
	}
	return time.Now().Add(-announceLong)
}
