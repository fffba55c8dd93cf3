package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/verification/policy"
)

// switchCommand shows and sets the switches of checks. Every replica follows within
// two seconds.
type switchCommand struct {
	List    switchListCommand    `cmd:"" help:"Show the switches that are set. All others are on."`
	History switchHistoryCommand `cmd:"" help:"Show the changes, newest first."`
	Set     switchSetCommand     `cmd:"" help:"Set a switch."`
}

// switchListCommand shows the switches that are set.
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

// switchHistoryCommand shows the recorded changes.
type switchHistoryCommand struct {
	config.Storage `embed:""`

	Last int `help:"Number of changes to show." default:"50"`
}

// Run prints a table.
func (c *switchHistoryCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		all, err := db.SwitchHistory(ctx, c.Last)
		return errors.Join(err, writeSwitches(os.Stdout, all))
	})
}

// writeSwitches writes a table with a row for each switch.
func writeSwitches(w io.Writer, all []policy.Switch) error {
	lines := []string{"CHECK\tPROVIDER\tSTATE\tUNTIL\tCHANGED\tBY\tTEXT"}
	for _, s := range all {
		until := "-"
		if !s.Until.IsZero() {
			until = s.Until.Format(time.RFC3339)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s",
			s.Check, s.Provider, s.State, until, s.ChangedAt.Format(time.RFC3339), s.ChangedBy, s.Text.Chinese))
	}
	return writeTable(w, lines)
}
