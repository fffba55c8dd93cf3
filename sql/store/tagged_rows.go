package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// RowCounts is what a pass over all tagged rows found.
type RowCounts struct {
	Rows     int
	Untagged int // rows without a tag, as earlier versions wrote them; 0 in a sealed database, where they are altered
	Altered  int
}

// VerifyRows compares every row that carries authority with its tag, while servers work. It tells found of each altered
// row, and progress of each batch, and changes nothing. Rows that were deleted, or put back as they had been earlier, are
// not noticed.
func (s *Store) VerifyRows(ctx context.Context, found func(AlteredError), progress func(done, total int, table string)) (RowCounts, error) {
	isSealed, err := s.sealed(ctx, s.read)
	if err != nil {
		return RowCounts{}, err
	}
	return s.verifyRows(ctx, isSealed, found, progress)
}

func (s *Store) verifyRows(
	ctx context.Context, isSealed bool, found func(AlteredError), progress func(done, total int, table string),
) (RowCounts, error) {
	var counts RowCounts
	for _, t := range taggedTables() {
		var total int
		if err := s.read.GetContext(ctx, &total, "SELECT COUNT(*) FROM "+t.name); err != nil {
			return counts, fmt.Errorf("counting %s: %w", t.name, err)
		}
		done := 0
		for after := []any(nil); ; {
			rows, err := t.after(ctx, s.read, after, verifyBatch)
			if err != nil {
				return counts, err
			}
			for _, row := range rows {
				counts.add(s.fit(row, isSealed), row, found)
			}
			done += len(rows)
			progress(done, max(done, total), t.name)
			if len(rows) < verifyBatch {
				break
			}
			after = t.keyOf(rows[len(rows)-1])
		}
	}
	return counts, nil
}

// verifyBatch is how many rows one statement reads.
const verifyBatch = 1000

// tagFit is how a row and its tag go together.
type tagFit int

const (
	tagFits tagFit = iota
	tagMissing
	tagAltered
)

func (s *Store) fit(row tagged, isSealed bool) tagFit {
	switch {
	case s.ring.VerifyTag(row.content(), row.stored()):
		return tagFits
	case len(row.stored()) == 0 && !isSealed:
		return tagMissing
	}
	return tagAltered
}

func (c *RowCounts) add(f tagFit, row tagged, found func(AlteredError)) {
	c.Rows++
	switch f {
	case tagFits:
	case tagMissing:
		c.Untagged++
	case tagAltered:
		c.Altered++
		found(row.place())
	}
}

// tagSteps returns steps that pass over all tagged rows. change reports whether it changed a row.
func (s *Store) tagSteps(change func(ctx context.Context, tx *sqlx.Tx, t taggedTable, row tagged) (bool, error)) []rekeyStep {
	var steps []rekeyStep
	for _, t := range taggedTables() {
		batch := func(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
			key, _ := after.([]any)
			rows, err := t.after(ctx, tx, key, rekeyBatch)
			if err != nil || len(rows) == 0 {
				return moved{last: after}, err
			}
			m := moved{seen: len(rows), last: t.keyOf(rows[len(rows)-1])}
			for _, row := range rows {
				changed, err := change(ctx, tx, t, row)
				if err != nil {
					return moved{}, err
				}
				if changed {
					m.changed++
				}
			}
			return m, nil
		}
		steps = append(steps, rekeyStep{t.name, "SELECT COUNT(*) FROM " + t.name, []any(nil), batch})
	}
	return steps
}

// renewTag gives a row the tag of the newest master key. One that was altered stays so.
func (s *Store) renewTag(ctx context.Context, tx *sqlx.Tx, t taggedTable, row tagged) (bool, error) {
	tag, ok := s.ring.RenewTag(row.content(), row.stored())
	if !ok || bytes.Equal(tag, row.stored()) {
		return false, nil
	}
	return true, t.setTag(ctx, tx, row, tag)
}

var (
	// ErrAltered says that rows were changed past the server.
	ErrAltered = errors.New("rows do not fit their tags")

	// ErrEarlierVersion says that rows without tags were written while the database was to be sealed.
	ErrEarlierVersion = errors.New("a server of an earlier version still writes rows")
)

// sealPasses is how often Seal looks for rows that changed while it gave them their tags.
const sealPasses = 5

// SealOptions say how to seal a database.
type SealOptions struct {
	Accept   bool               // also tag the rows that do not fit their tags, as they are now
	Found    func(AlteredError) // is told of each row that does not fit
	Progress func(done, total int, table string)
}

// Seal gives each row that an earlier version wrote its tag, while servers of this version work, and then seals the
// database: from then on a row without its tag carries no authority. No server of an earlier version may be running. In a
// sealed database Seal only verifies, unless o.Accept is set. It may be interrupted and run again.
//
// Errors: [ErrAltered] and [ErrEarlierVersion], and the database is sealed only if it was before.
func (s *Store) Seal(ctx context.Context, o SealOptions) (RowCounts, error) {
	row, err := readSeal(ctx, s.read)
	if err != nil {
		return RowCounts{}, err
	}
	steps := s.tagSteps(func(ctx context.Context, tx *sqlx.Tx, t taggedTable, r tagged) (bool, error) {
		f := s.fit(r, row != nil)
		if f == tagFits || f == tagAltered && !o.Accept {
			return false, nil
		}
		return true, t.setTag(ctx, tx, r, s.tag(r))
	})
	for range sealPasses {
		for _, step := range steps {
			if _, err = s.runRekey(ctx, step, o.Progress); err != nil {
				return RowCounts{}, fmt.Errorf("sealing the database: %w", err)
			}
		}
		counts, err := s.verifyRows(ctx, row != nil, o.Found, o.Progress)
		switch {
		case err != nil:
			return counts, err
		case counts.Altered > 0:
			return counts, ErrAltered
		case counts.Untagged == 0:
			return counts, s.putSeal(ctx)
		}
	}
	return RowCounts{}, ErrEarlierVersion
}
