package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/identity"
	"renzheng/rights"
	"renzheng/sql/store"
)

// correctionsCommand answers what persons ask to have corrected.
type correctionsCommand struct {
	List   correctionsListCommand   `cmd:"" help:"Show the open requests, without the words of the persons."`
	Read   correctionsReadCommand   `cmd:"" help:"Show the words of one person, who is told that they were read."`
	Settle correctionsSettleCommand `cmd:"" help:"Answer a request. The person sees outcome and ground."`
}

// correctionsListCommand lists requests.
type correctionsListCommand struct {
	config.Storage `embed:""`

	All bool `help:"Show settled requests too."`
}

// Run prints a table.
func (c *correctionsListCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		found, err := db.CorrectionList(ctx, c.All)
		return errors.Join(err, writeCorrections(os.Stdout, found))
	})
}

func writeCorrections(w io.Writer, found []rights.Correction) error {
	lines := []string{"ID\tFIELD\tSTATE\tCREATED\tREAD\tSETTLED\tOUTCOME"}
	for _, c := range found {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s", c.ID, c.Field, c.State, moment(c.CreatedAt), moment(c.ReadAt),
			moment(c.SettledAt), cmp.Or(string(c.Outcome), "-")))
	}
	return writeTable(w, lines)
}

// correctionsReadCommand shows one request.
type correctionsReadCommand struct {
	config.Storage `embed:""`

	ID string `arg:"" help:"Id of the request, such as cor_…"`
	By string `help:"Name of the person who reads it, for the record." required:""`
}

// Run records that the request is read, and prints it.
func (c *correctionsReadCommand) Run() error {
	if err := checkHoldText("--by", c.By); err != nil {
		return err
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		found, err := db.ReadCorrection(ctx, c.ID, c.By, time.Now())
		if errors.Is(err, rights.ErrNotFound) {
			return errNoCorrection
		}
		if err != nil {
			return err
		}
		_, err = fmt.Printf("%s, %s:\n%s\n", found.ID, found.Field, found.Text.Reveal())
		return err
	})
}

var errNoCorrection = errors.New("there is no such request, or it is settled or erased already; look at them with 'bff corrections list --all'")

// correctionsSettleCommand answers one request.
type correctionsSettleCommand struct {
	config.Storage `embed:""`

	ID      string                   `arg:"" help:"Id of the request, such as cor_…"`
	Outcome rights.CorrectionOutcome `help:"corrected, declined or passed_on (to the registration authority whose record it is)." enum:"corrected,declined,passed_on" required:""`
	Ground  string                   `help:"Why, for the person to read." required:""`
	By      string                   `help:"Name of the person who decides it, for the record." required:""`
}

// Run settles the request.
func (c *correctionsSettleCommand) Run() error {
	if err := errors.Join(checkHoldText("--ground", c.Ground), checkHoldText("--by", c.By)); err != nil {
		return err
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		err := db.SettleCorrection(ctx, rights.Settlement{
			ID: c.ID, Outcome: c.Outcome, Ground: identity.NewSecret(c.Ground), By: c.By, At: time.Now(),
		})
		if errors.Is(err, rights.ErrNotFound) {
			return errNoCorrection
		}
		if err != nil {
			return err
		}
		_, err = fmt.Printf("%s is settled: %s\n", c.ID, c.Outcome)
		return err
	})
}
