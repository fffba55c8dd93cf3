package main

import (
	"context"
	"fmt"
	"time"

	"renzheng/sql/store"
)

// lease is a row that one replica holds at a time. It is used by one worker.
type lease struct {
	store        *store.Store
	name, holder string

	until time.Time // held until then
	ask   time.Time // held by somebody else: not asked for again before
}

const (
	leaseLife = 15 * time.Second // how long a lease outlives a dead replica
	leaseAsk  = time.Second      // between two questions whether it is free
)

// hold tells whether this replica has the lease. It is renewed in its second
// half only: an idle server must not write several times a second. Without a
// lease everybody may work.
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

// giveBack lets another replica go on at once when this one ends.
func (l *lease) giveBack(ctx context.Context) error {
	if l == nil || l.until.IsZero() {
		return nil
	}
	const patience = 2 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := l.store.Release(ctx, l.name, l.holder); err != nil {
		return fmt.Errorf("giving a lease back: %w", err)
	}
	return nil
}
