package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/identity"
	"renzheng/retention"
	"renzheng/sql/store"
)

// holdCommand places and lifts legal holds.
type holdCommand struct {
	Place holdPlaceCommand `cmd:"" help:"Keep a case, or a person who signs it, from every purge and erasure."`
	Lift  holdLiftCommand  `cmd:"" help:"End a hold. What is due then is deleted within minutes."`
	List  holdListCommand  `cmd:"" help:"Show the holds in force."`
}

// holdPlaceCommand places one hold.
type holdPlaceCommand struct {
	config.Storage `embed:""`

	Registry string `arg:"" help:"Id of the registry."`
	Case     string `arg:"" help:"The registry's id of the case."`
	Signer   string `arg:"" optional:"" help:"The registry's id of a signer of the case, to hold the person instead: their verifications, consents and portraits, and every case that names them."`
	Ground   string `help:"Why, such as the number of the order. It must name nobody." required:""`
	By       string `help:"Name of the person who decides it, for the record." required:""`
}

// maxHoldText is the number of characters of a ground or a name.
const maxHoldText = 200

// Run places the hold and prints its id.
func (c *holdPlaceCommand) Run() error {
	if err := errors.Join(checkHoldText("--ground", c.Ground), checkHoldText("--by", c.By)); err != nil {
		return err
	}
	wanted := retention.Hold{
		Kind: retention.HoldCase, Registry: c.Registry, CaseID: c.Case, SignerID: c.Signer,
		Ground: c.Ground, PlacedBy: c.By, PlacedAt: time.Now(),
	}
	if c.Signer != "" {
		wanted.Kind = retention.HoldSubject
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		placed, err := db.PlaceHold(ctx, wanted)
		switch {
		case errors.Is(err, retention.ErrUnknown):
			return errors.New("this registry has no such case or signer")
		case errors.Is(err, retention.ErrErased):
			return errors.New("it is erased already; there is nothing to hold")
		case err != nil:
			return err
		}
		_, err = fmt.Printf("%s holds the %s\n", placed.ID, placed.Kind)
		return err
	})
}

func checkHoldText(flag, text string) error {
	if identity.PlainText(text, maxHoldText) != nil {
		return fmt.Errorf("%s must be one line of 1 to %d characters without markup", flag, maxHoldText)
	}
	return nil
}

// holdLiftCommand ends one hold.
type holdLiftCommand struct {
	config.Storage `embed:""`

	ID string `arg:"" help:"Id of the hold, such as hld_…"`
	By string `help:"Name of the person who decides it, for the record." required:""`
}

// Run ends the hold.
func (c *holdLiftCommand) Run() error {
	if err := checkHoldText("--by", c.By); err != nil {
		return err
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		err := db.LiftHold(ctx, c.ID, c.By, time.Now())
		if errors.Is(err, retention.ErrUnknown) {
			return errors.New("no hold of this id is in force; look at them with 'bff hold list'")
		}
		if err != nil {
			return err
		}
		_, err = fmt.Printf("%s is lifted\n", c.ID)
		return err
	})
}

// holdListCommand lists holds.
type holdListCommand struct {
	config.Storage `embed:""`

	All  bool `help:"Show lifted holds too."`
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

// Run prints a table, or lines of JSON.
func (c *holdListCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		holds, err := db.Holds(ctx, c.All)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeHoldLines(os.Stdout, holds)
		}
		return writeHolds(os.Stdout, holds)
	})
}

func writeHolds(w io.Writer, holds []retention.Hold) error {
	lines := []string{"ID\tKIND\tREGISTRY\tCASE\tSIGNER\tPLACED\tBY\tLIFTED\tBY\tGROUND"}
	for _, h := range holds {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", h.ID, h.Kind, h.Registry, h.CaseID,
			cmp.Or(h.SignerID, "-"), moment(h.PlacedAt), h.PlacedBy, moment(h.LiftedAt), cmp.Or(h.LiftedBy, "-"), h.Ground))
	}
	return writeTable(w, lines)
}

// holdLine is a hold as JSON.
type holdLine struct {
	ID       string             `json:"id"`
	Kind     retention.HoldKind `json:"kind"`
	Registry string             `json:"registry"`
	Case     string             `json:"case"`
	Signer   string             `json:"signer,omitempty"`
	Ground   string             `json:"ground"`
	PlacedBy string             `json:"placed_by"`
	PlacedAt time.Time          `json:"placed_at"`
	LiftedBy string             `json:"lifted_by,omitempty"`
	LiftedAt time.Time          `json:"lifted_at,omitzero"`
}

func writeHoldLines(w io.Writer, holds []retention.Hold) error {
	encoder := json.NewEncoder(w)
	for _, h := range holds {
		err := encoder.Encode(holdLine{
			h.ID, h.Kind, h.Registry, h.CaseID, h.SignerID, h.Ground, h.PlacedBy, h.PlacedAt, h.LiftedBy, h.LiftedAt,
		})
		if err != nil {
			return fmt.Errorf("printing holds: %w", err)
		}
	}
	return nil
}
