package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/ledger"
)

var _ ledger.Store = (*Store)(nil)

// ledgerRow is a row of ledger_entries.
type ledgerRow struct {
	Sequence  int64  `db:"sequence"`
	ID        string `db:"id"`
	At        int64  `db:"at"`
	Kind      string `db:"kind"`
	Office    string `db:"office"`
	Member    string `db:"member_id"`
	Reference string `db:"reference"`
	Reason    string `db:"reason"`
	Digest    string `db:"digest"`
	Corrects  int64  `db:"corrects"`
	Previous  string `db:"previous"`
	Hash      string `db:"hash"`
	Tag       rowTag `db:"tag"`
}

const ledgerColumns = "sequence, id, at, kind, office, member_id, reference, reason, digest, corrects, previous, hash, tag"

func (r ledgerRow) place() AlteredError {
	return AlteredError{"ledger_entries", strconv.FormatInt(r.Sequence, 10)}
}

func (r ledgerRow) stored() []byte { return r.Tag }

func (r ledgerRow) content() keyring.TagContent {
	return keyring.NewTagContent("ledger_entries").Number(r.Sequence).Text(r.ID).Number(r.At).
		Text(r.Kind, r.Office, r.Member, r.Reference, r.Reason, r.Digest).Number(r.Corrects).Text(r.Previous, r.Hash)
}

func (r ledgerRow) entry() ledger.Entry {
	return ledger.Entry{
		Sequence: r.Sequence, ID: r.ID, At: fromMs(r.At), Kind: ledger.Kind(r.Kind), Office: r.Office, Member: r.Member, Reference: r.Reference,
		Reason: r.Reason, Digest: r.Digest, Corrects: r.Corrects, Previous: r.Previous, Hash: r.Hash,
	}
}

func ledgerRowOf(e ledger.Entry) ledgerRow {
	return ledgerRow{
		Sequence: e.Sequence, ID: e.ID, At: ms(e.At), Kind: string(e.Kind), Office: e.Office, Member: e.Member, Reference: e.Reference,
		Reason: e.Reason, Digest: e.Digest, Corrects: e.Corrects, Previous: e.Previous, Hash: e.Hash,
	}
}

// ledgerHead is the only row of ledger_heads.
type ledgerHead struct {
	ID       int64  `db:"id"`
	Sequence int64  `db:"sequence"`
	Hash     string `db:"hash"`
	Tag      rowTag `db:"tag"`
}

const theLedger = 1 // id of the row

func (r ledgerHead) place() AlteredError {
	return AlteredError{"ledger_heads", strconv.FormatInt(r.ID, 10)}
}

func (r ledgerHead) stored() []byte { return r.Tag }

func (r ledgerHead) content() keyring.TagContent {
	return keyring.NewTagContent("ledger_heads").Number(r.ID, r.Sequence).Text(r.Hash)
}

// appendLedger records a manual act in the transaction of the act. Acts wait for one another here, so it is the last
// thing that a transaction does: a number is given only to what is committed, and none is left out.
func (s *Store) appendLedger(ctx context.Context, tx *sqlx.Tx, d ledger.Draft) (ledger.Entry, error) {
	old, err := s.holdLedger(ctx, tx)
	if err != nil {
		return ledger.Entry{}, fmt.Errorf("taking the end of the ledger: %w", err)
	}
	e, err := ledger.Head{Sequence: old.Sequence, Hash: old.Hash}.Next(d)
	if err != nil {
		return ledger.Entry{}, err
	}
	row, next := ledgerRowOf(e), ledgerHead{ID: theLedger, Sequence: e.Sequence, Hash: e.Hash}
	err = insertRows(ctx, tx, "INSERT INTO ledger_entries ("+ledgerColumns+")", [][]any{{
		row.Sequence, row.ID, row.At, row.Kind, row.Office, row.Member, row.Reference, row.Reason, row.Digest, row.Corrects, row.Previous, row.Hash, s.tag(row),
	}})
	if err == nil {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE ledger_heads SET sequence = ?, hash = ?, tag = ? WHERE id = ? AND sequence = ? AND tag = ?",
			next.Sequence, next.Hash, s.tagAfter(old, next), theLedger, old.Sequence, old.Tag))
	}
	if err != nil {
		return ledger.Entry{}, fmt.Errorf("appending to the ledger: %w", lost(err))
	}
	return e, nil
}

// holdLedger locks the head until the transaction ends, and returns it.
func (s *Store) holdLedger(ctx context.Context, tx *sqlx.Tx) (ledgerHead, error) {
	matched, err := rowsMatched(tx.ExecContext(ctx, "UPDATE ledger_heads SET id = id WHERE id = ?", theLedger))
	if err == nil && matched == 0 {
		first := ledgerHead{ID: theLedger, Hash: ledger.Empty().Hash}
		first.Tag = s.tag(first)
		_, err = tx.ExecContext(ctx, "INSERT INTO ledger_heads (id, sequence, hash, tag) VALUES (?, ?, ?, ?)", first.ID, first.Sequence, first.Hash, first.Tag)
		return first, raced(err)
	}
	var head ledgerHead
	if err == nil {
		err = tx.GetContext(ctx, &head, "SELECT id, sequence, hash, tag FROM ledger_heads WHERE id = ?", theLedger)
	}
	if err == nil {
		err = s.verify(ctx, tx, head)
	}
	return head, err
}

// LedgerHead implements [ledger.Store].
func (s *Store) LedgerHead(ctx context.Context) (ledger.Head, error) {
	var head ledgerHead
	err := s.read.GetContext(ctx, &head, "SELECT id, sequence, hash, tag FROM ledger_heads WHERE id = ?", theLedger)
	if noRow(err) {
		return ledger.Empty(), nil
	}
	if err == nil {
		err = s.verify(ctx, s.read, head)
	}
	if err != nil {
		return ledger.Head{}, fmt.Errorf("reading the end of the ledger: %w", err)
	}
	return ledger.Head{Sequence: head.Sequence, Hash: head.Hash}, nil
}

// Record implements [ledger.Store].
func (s *Store) Record(ctx context.Context, d ledger.Draft) (ledger.Entry, error) {
	var e ledger.Entry
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var failed error
		e, failed = s.appendLedger(ctx, tx, d)
		return repeated(failed)
	})
	if err != nil && !errors.Is(err, ledger.ErrEntry) {
		return ledger.Entry{}, fmt.Errorf("recording an act: %w", err)
	}
	return e, err
}
