package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/sql/store"
)

// lease is a row that one replica holds at a time. It belongs to one worker.
type lease struct {
	store        *store.Store
	name, holder string

	until time.Time // held until then
	ask   time.Time // held by another replica; next request not before then
}

const (
	leaseLife = 15 * time.Second // how long a lease outlives a dead replica
	leaseAsk  = time.Second      // between two requests for a lease that is taken
)

// hold reports whether this replica holds the lease, which it takes or renews if
// necessary. The lease is renewed in its second half only, so that an idle server
// does not write several times a second. A nil lease is always held.
func (l *lease) hold(ctx context.Context) (bool, error) {
	now := time.Now()
	switch {
	case l == nil, l.until.Sub(now) > leaseLife/2:
		return true, nil
	case now.Before(l.ask):
		return false, nil
	}
	until := now.Add(leaseLife)
	l.until = time.Time{}
	held, err := l.store.Lease(ctx, l.name, l.holder, now, until)
	switch {
	case err != nil:
		return false, fmt.Errorf("taking a lease: %w", err)
	case !held:
		l.ask = now.Add(leaseAsk)
		return false, nil
	}
	l.until = until
	return true, nil
}

// giveBack releases the lease, so that another replica can go on at once.
func (l *lease) giveBack(ctx context.Context) error {
	if l == nil || l.until.IsZero() {
		return nil
	}
	const patience = 2 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := l.store.Release(ctx, l.name, l.holder); err != nil && !errors.Is(err, store.ErrFenced) {
		return fmt.Errorf("giving a lease back: %w", err)
	}
	return nil
}
