package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/operations"
	"renzheng/sql/store"
)

// funnelCommand shows how far persons get. What it prints has numbers only.
type funnelCommand struct {
	config.Storage `embed:""`

	Since string `help:"A time such as 2026-12-01T08:00:00+08:00, or for how long, such as 24h; at most 31 days ago." default:"24h"`
}

// Run prints a table.
func (c *funnelCommand) Run() error {
	now := time.Now()
	since, err := sinceOf(c.Since, now)
	if err != nil {
		return err
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		flows, err := operations.Funnel(ctx, db, since, now)
		if err != nil {
			return fmt.Errorf("--since %s: %w", c.Since, err)
		}
		return writeFunnel(os.Stdout, flows)
	})
}

// writeFunnel writes a row for each stage of each flow, with the reasons of those who did not get past it.
func writeFunnel(w io.Writer, flows []operations.Flow) error {
	lines := []string{"CHANNEL\tPURPOSE\tSTAGE\tENTERED\tPASSED\tWHY NOT"}
	for _, f := range flows {
		for _, s := range f.Stages {
			reasons := make([]string, len(s.Reasons))
			for i, r := range s.Reasons {
				reasons[i] = fmt.Sprintf("%s %d", r.Failure, r.Count)
			}
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%d\t%d\t%s", f.Channel, f.Purpose, s.Name, s.Entered, s.Passed, cmp.Or(strings.Join(reasons, ", "), "-")))
		}
	}
	return writeTable(w, lines)
}
