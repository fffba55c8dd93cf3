package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/operations"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/window"
)

const (
	reportPause = 15 * time.Second // a quarter of the time that a report counts
	reportTime  = 2 * time.Second  // of the last one, when the server stops
	maxReplica  = 40               // characters of a machine's name
)

// replicaName returns a name of this process: that of its machine or pod, with chance at its end.
func replicaName() string {
	const chance = 6
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "replica"
	}
	plain := strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return '_'
	}, host)
	return plain[:min(len(plain), maxReplica)] + "-" + strings.ToLower(rand.Text()[:chance])
}

// report stores what this replica has counted and what it knows of third parties, for the console.
func (a *app) report(ctx context.Context, db *store.Store) (int, error) {
	counted, failed := a.tally.Flush(ctx, db)
	reported, err := a.providers.Report(ctx, db)
	return counted + reported, errors.Join(failed, err)
}

// storeCounts stores what was counted last, when nothing is served any more.
func (a *app) storeCounts(ctx context.Context, db *store.Store, logger *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	if _, err := a.tally.Flush(ctx, db); err != nil && !errors.Is(err, store.ErrFenced) {
		logger.WarnContext(ctx, "the last counts of requests are lost", slog.Any("cause", err))
	}
}

// listed returns the registries as an operator sees them.
func (w *registryWatch) listed() []operations.Registry {
	current := w.live.Current()
	var all []operations.Registry
	for _, id := range current.IDs() {
		r, _ := current.Registry(id)
		one := operations.Registry{ID: id, Name: r.Name, Callback: current.HasCallback(id), Progress: r.Progress}
		for _, k := range current.Keys(id) {
			one.Keys = append(one.Keys, operations.RegistryKey(k))
		}
		all = append(all, one)
	}
	return all
}

// counters returns what the limits in force and those of the window count by.
func (a *app) counters(c *config.Config) func() []operations.QuotaRule {
	return func() []operations.QuotaRule {
		var all []operations.QuotaRule
		for _, one := range verification.Counters(a.verifications.Limits()) {
			all = append(all, operations.QuotaRule{Name: one.Name, Prefix: one.Prefix, Limit: one.Limit.Tries, Window: one.Limit.Window})
		}
		misses := c.Console.Limits()
		return append(all,
			operations.QuotaRule{Name: "window_member", Prefix: "window_member|", Limit: misses.Member, Window: window.MissWindow},
			operations.QuotaRule{Name: "window_office", Prefix: "window_office|", Limit: misses.Office, Window: window.MissWindow})
	}
}

// certificatesOf returns when the certificates of the settings end.
func certificatesOf(c *config.Config) func() []operations.Certificate {
	return func() []operations.Certificate {
		var all []operations.Certificate
		for name, leaf := range (certificates{Config: c}).leaves() {
			all = append(all, operations.Certificate{Setting: name, Until: leaf.NotAfter})
		}
		return all
	}
}
