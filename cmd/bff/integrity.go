package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/cmd/bff/config"
	"renzheng/setting"
	"renzheng/sql/store"
)

// integrityCommand is about the tags of rows that carry authority (R37).
type integrityCommand struct {
	Verify integrityVerifyCommand `cmd:"" help:"Compare every row that carries authority with its tag, while servers work. It ends with status 1 and names the rows if some were changed in the database, and changes nothing."`
	Seal   integritySealCommand   `cmd:"" help:"Tag the rows that a version without tags wrote, once no server of such a version runs. From then on a row without its tag carries no authority. It may be interrupted and run again."`
}

// integrityVerifyCommand looks for rows that were changed.
type integrityVerifyCommand struct {
	config.Storage `embed:""`
}

// Run prints a line for each altered row, and how many there are.
func (c *integrityVerifyCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		counts, err := db.VerifyRows(ctx, printAltered, showProgress)
		printCounts(counts)
		if err == nil && counts.Altered > 0 {
			err = store.ErrAltered
		}
		if err == nil {
			err = db.CheckSeal(ctx)
		}
		if errors.Is(err, store.ErrNotSealed) {
			err = fmt.Errorf("%w: run 'bff integrity seal', or find out who deleted the seal", err)
		}
		return err
	})
}

// integritySealCommand seals a database.
type integritySealCommand struct {
	config.Storage `embed:""`

	Accept bool `help:"Tag rows that do not fit their tags as they are now: after you have looked at every row that 'bff integrity verify' names, or after servers of a version without tags were in use again."`
}

// Run prints a line for each altered row, and whether the database is sealed.
func (c *integritySealCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		counts, err := db.Seal(ctx, store.SealOptions{Accept: c.Accept, Found: printAltered, Progress: showProgress})
		printCounts(counts)
		if err != nil {
			return fmt.Errorf("sealing the database: %w", err)
		}
		fmt.Println("the database is sealed")
		return nil
	})
}

// printAltered quotes the id, which may hold anything that was written into it.
func printAltered(row store.AlteredError) {
	fmt.Fprintln(os.Stderr) // ends the line of progress
	fmt.Printf("changed in the database: %s %q\n", row.Table, row.ID)
}

func printCounts(counts store.RowCounts) {
	fmt.Fprintln(os.Stderr) // ends the line of progress
	fmt.Printf("rows: %d, without a tag: %d, changed: %d\n", counts.Rows, counts.Untagged, counts.Altered)
}

// checkSeal returns an error if the settings require a sealed database and it is not sealed. Otherwise it warns.
func checkSeal(ctx context.Context, c config.Storage, db *store.Store, logger *slog.Logger) error {
	err := db.CheckSeal(ctx)
	switch {
	case err == nil:
		return nil
	case c.RequireSeal:
		return setting.Errorf("BFF_REQUIRE_SEAL", "%w: run 'bff integrity seal', or find out who deleted the seal", err)
	}
	logger.WarnContext(ctx, "rows that are changed in the database may go unnoticed: run 'bff integrity seal'", "cause", err)
	return nil
}

// countAltered counts and logs the altered rows that the server meets. Tables and ids are ours and name nobody.
func countAltered(r prometheus.Registerer, db *store.Store, logger *slog.Logger) error {
	altered := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bff_altered_rows_total", Help: "Reads of rows that were changed in the database past the server, by table. Such a row carries no authority.",
	}, []string{"table"})
	for _, table := range store.WatchedTables() {
		altered.WithLabelValues(table)
	}
	db.OnAltered(func(row store.AlteredError) {
		altered.WithLabelValues(row.Table).Inc()
		logger.Error("a row was changed in the database", "table", row.Table, "id", row.ID)
	})
	return register(r, altered)
}
