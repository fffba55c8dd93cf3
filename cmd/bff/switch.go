package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/verification/policy"
)

// switchCommand shows and sets the operator's switches. Every replica follows
// within two seconds.
type switchCommand struct {
	List    switchListCommand    `cmd:"" help:"Show what is set; everything else is on."`
	History switchHistoryCommand `cmd:"" help:"Show who changed what, the newest first."`
	Set     switchSetCommand     `cmd:"" help:"Set one."`
}

// switchListCommand shows what is set.
type switchListCommand struct {
	config.Storage `embed:""`
}

// Run prints a table.
func (c *switchListCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		all, err := db.Switches(ctx)
		return errors.Join(err, writeSwitches(os.Stdout, all))
	})
}

// switchHistoryCommand shows the record.
type switchHistoryCommand struct {
	config.Storage `embed:""`

	Last int `help:"How many changes." default:"50"`
}

// Run prints a table.
func (c *switchHistoryCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		all, err := db.SwitchHistory(ctx, c.Last)
		return errors.Join(err, writeSwitches(os.Stdout, all))
	})
}

// writeSwitches writes a line for each.
func writeSwitches(w io.Writer, all []policy.Switch) error {
	const padding = 2
	lines := []string{"CHECK\tPROVIDER\tSTATE\tUNTIL\tCHANGED\tBY\tTEXT\n"}
	for _, s := range all {
		until := "-"
		if !s.Until.IsZero() {
			until = s.Until.Format(time.RFC3339)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			s.Check, s.Provider, s.State, until, s.ChangedAt.Format(time.RFC3339), s.ChangedBy, s.Text.Chinese))
	}
	table := tabwriter.NewWriter(w, 0, 0, padding, ' ', 0)
	_, err := io.WriteString(table, strings.Join(lines, ""))
	return errors.Join(err, table.Flush())
}
