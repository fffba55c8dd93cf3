package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/rights"
	"renzheng/sql/store"
)

// accessCommand delays what persons see of who looked at their evidence.
type accessCommand struct {
	Withhold accessWithholdCommand `cmd:"" help:"Show a signer later who fetched the evidence of their answers in a case, where the law allows it. It cannot be extended."`
	List     accessListCommand     `cmd:"" help:"Show all delays."`
}

// accessWithholdCommand places one delay.
type accessWithholdCommand struct {
	config.Storage `embed:""`

	Registry string `arg:"" help:"Id of the registry."`
	Case     string `arg:"" help:"The registry's id of the case."`
	Signer   string `arg:"" help:"The registry's id of the signer."`
	Days     int    `help:"Days until the person sees it, 1 to 180." required:""`
	Ground   string `help:"Why, by which law. The person reads it after the end. It must name nobody." required:""`
	By       string `help:"Name of the person who decides it, for the record." required:""`
}

// Run places the delay.
func (c *accessWithholdCommand) Run() error {
	delay := time.Duration(c.Days) * day
	if c.Days < 1 || delay > rights.MaxWithholding {
		return errors.New("--days must be 1 to 180")
	}
	if err := errors.Join(checkHoldText("--ground", c.Ground), checkHoldText("--by", c.By)); err != nil {
		return err
	}
	now := time.Now()
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		n, err := db.Withhold(ctx, rights.Withholding{
			RegistryID: c.Registry, CaseID: c.Case, SignerID: c.Signer, Ground: c.Ground, PlacedBy: c.By, PlacedAt: now, Until: now.Add(delay),
		})
		switch {
		case errors.Is(err, rights.ErrNotFound):
			return errors.New("this signer has given no answer in such a case")
		case errors.Is(err, rights.ErrWithheld):
			return errors.New("accesses to this answer are or were withheld already, which cannot be extended")
		case err != nil:
			return err
		}
		_, err = fmt.Printf("accesses to %d answers are shown from %s on\n", n, moment(now.Add(delay)))
		return err
	})
}

// accessListCommand lists delays.
type accessListCommand struct {
	config.Storage `embed:""`
}

// Run prints a table.
func (c *accessListCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		found, err := db.Withholdings(ctx)
		return errors.Join(err, writeWithholdings(os.Stdout, found))
	})
}

func writeWithholdings(w io.Writer, found []rights.Withholding) error {
	lines := []string{"REGISTRY\tCASE\tSIGNER\tANSWER\tUNTIL\tPLACED\tBY\tGROUND"}
	for _, one := range found {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", one.RegistryID, one.CaseID, one.SignerID, one.ConfirmationID,
			moment(one.Until), moment(one.PlacedAt), one.PlacedBy, one.Ground))
	}
	return writeTable(w, lines)
}
