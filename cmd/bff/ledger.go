package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/ledger"
	"renzheng/sql/store"
)

// ledgerCommand reads the record of manual acts.
type ledgerCommand struct {
	Export ledgerExportCommand `cmd:"" help:"Write the ledger into a file."`
	Verify ledgerVerifyCommand `cmd:"" help:"Check a file of the ledger, offline, and name the first broken entry."`
	Head   ledgerHeadCommand   `cmd:"" help:"Show number and hash of the last entry, to be kept elsewhere."`
}

// ledgerExportCommand writes the ledger.
type ledgerExportCommand struct {
	config.Storage `embed:""`

	Format    string      `help:"jsonl is the whole ledger, which 'bff ledger verify' checks; csv and xlsx are tables." enum:"jsonl,csv,xlsx" default:"jsonl"`
	Kind      ledger.Kind `help:"Only acts of this kind, such as visit.verified; not with jsonl, as the following."`
	Office    string      `help:"Only acts of this office."`
	Member    string      `help:"Only acts of this member of the staff, such as stf_…"`
	Reference string      `help:"Only acts on what has this id."`
	From      time.Time   `help:"Only acts since then, such as 2026-12-01T00:00:00+08:00." format:"2006-01-02T15:04:05Z07:00"`
	Until     time.Time   `help:"Only acts before then." format:"2006-01-02T15:04:05Z07:00"`
	File      string      `arg:"" help:"The file to write. It must not exist."`
}

func (c *ledgerExportCommand) filter() ledger.Filter {
	return ledger.Filter{Kind: c.Kind, Office: c.Office, Member: c.Member, Reference: c.Reference, From: c.From, Until: c.Until}
}

// Run writes the file and prints its head.
func (c *ledgerExportCommand) Run() error {
	if c.Format == "jsonl" && c.filter() != (ledger.Filter{}) {
		return errors.New("a part of the ledger cannot be verified; choose with --format csv or xlsx")
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		file, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("making the file: %w", err)
		}
		said, err := c.write(ctx, db, file)
		if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
			return errors.Join(err, os.Remove(c.File))
		}
		_, err = fmt.Println(said)
		return err
	})
}

func (c *ledgerExportCommand) write(ctx context.Context, db ledger.Store, to io.Writer) (string, error) {
	each := ledger.Each(ctx, db, c.filter())
	count := 0
	counted := func(yield func(ledger.Entry) error) error {
		return each(func(e ledger.Entry) error { count++; return yield(e) })
	}
	var err error
	switch c.Format {
	case "csv":
		err = ledger.WriteCSV(to, counted)
	case "xlsx":
		err = ledger.WriteXLSX(to, counted)
	default:
		last := ledger.Empty()
		w := ledger.NewWriter(to)
		if err = counted(func(e ledger.Entry) error { last = e.Head(); return w.Write(e) }); err == nil {
			err = w.Close()
		}
		return fmt.Sprintf("%s has %d entries and ends with %s", c.File, count, headText(last)), err
	}
	return fmt.Sprintf("%s has %d entries", c.File, count), err
}

// headText is how a head is written down.
func headText(h ledger.Head) string { return fmt.Sprintf("%d:%s", h.Sequence, h.Hash) }

func readHead(text string) (ledger.Head, error) {
	number, hash, ok := strings.Cut(text, ":")
	sequence, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || sequence < 0 || hash == "" {
		return ledger.Head{}, errors.New("--head: must be NUMBER:HASH, as 'bff ledger head' prints it")
	}
	return ledger.Head{Sequence: sequence, Hash: hash}, nil
}

// ledgerHeadCommand shows the head.
type ledgerHeadCommand struct {
	config.Storage `embed:""`
}

// Run prints number and hash.
func (c *ledgerHeadCommand) Run() error {
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		head, err := db.LedgerHead(ctx)
		if err == nil {
			_, err = fmt.Println(headText(head))
		}
		return err
	})
}

// ledgerVerifyCommand checks a file without the database.
type ledgerVerifyCommand struct {
	Head []string `help:"A head that was taken earlier and kept elsewhere, as NUMBER:HASH; may be repeated." placeholder:"NUMBER:HASH"`
	File string   `arg:"" help:"The file, as 'bff ledger export' wrote it." type:"existingfile"`
}

var errHeadUnknown = errors.New("intact, but nothing shows that it was not written anew: compare it with a head that was kept elsewhere (--head)")

// Run returns an error unless the file is intact and fits all heads, of which there must be one.
func (c *ledgerVerifyCommand) Run() error {
	heads := make([]ledger.Head, len(c.Head))
	for i, text := range c.Head {
		var err error
		if heads[i], err = readHead(text); err != nil {
			return err
		}
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("reading the ledger: %w", err)
	}
	head, err := ledger.Verify(file, heads...)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	say([]string{
		fmt.Sprintf("checked: %d entries, numbered without a gap, each continues the one before", head.Sequence),
		"checked: it ends with " + headText(head),
	})
	if !slices.ContainsFunc(heads, func(h ledger.Head) bool { return h.Sequence > 0 }) { // every ledger has the head of number 0
		return errHeadUnknown
	}
	say([]string{fmt.Sprintf("checked: it has the heads that were given: %d", len(heads))})
	return nil
}
