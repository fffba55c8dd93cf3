package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// seal is what this process knows about whether every row has to have its tag. Somebody who may change the database can
// delete its seal, so required comes from the settings, and a seal that was seen once counts for as long as the process runs.
type seal struct {
	required bool
	seen     atomic.Bool
	missedAt atomic.Pointer[time.Time] // when the database was last found without one
}

// sealAgain is how long a database without a seal is not asked again, so that rows without tags cost no statement each.
const sealAgain = 2 * time.Second

// sealRow is the only row of row_integrity.
type sealRow struct {
	ID       int64  `db:"id"`
	SealedAt int64  `db:"sealed_at"`
	Tag      rowTag `db:"tag"`
}

func (r sealRow) place() AlteredError {
	return AlteredError{"row_integrity", strconv.FormatInt(r.ID, 10)}
}

func (r sealRow) stored() []byte { return r.Tag }

func (r sealRow) content() keyring.TagContent {
	return keyring.NewTagContent("row_integrity").Number(r.ID, r.SealedAt)
}

const selectSeal = "SELECT id, sealed_at, tag FROM row_integrity WHERE id = 1"

// sealed reports whether every row has to have its tag.
func (s *Store) sealed(ctx context.Context, q querier) (bool, error) {
	if s.seal.required || s.seal.seen.Load() {
		return true, nil
	}
	now := s.clock()
	if at := s.seal.missedAt.Load(); at != nil && now.Sub(*at) < sealAgain {
		return false, nil
	}
	row, err := readSeal(ctx, q)
	if err != nil {
		return false, err
	}
	if row == nil {
		s.seal.missedAt.Store(&now)
		return false, nil
	}
	s.seal.seen.Store(true) // whatever its tag: a forged one makes the database no more permissive
	return true, nil
}

// readSeal returns nil if the database is not sealed.
func readSeal(ctx context.Context, q querier) (*sealRow, error) {
	var row sealRow
	err := q.GetContext(ctx, &row, selectSeal)
	if noRow(err) {
		return nil, nil //nolint:nilnil // documented
	}
	if err != nil {
		return nil, fmt.Errorf("reading the seal of the database: %w", err)
	}
	return &row, nil
}

// ErrNotSealed says that rows without a tag are accepted, or would have to be.
var ErrNotSealed = errors.New("the rows of the database are not sealed")

// CheckSeal returns an error unless the database is sealed.
//
// Errors: [ErrNotSealed], [AlteredError].
func (s *Store) CheckSeal(ctx context.Context) error {
	row, err := readSeal(ctx, s.read)
	switch {
	case err != nil:
		return err
	case row == nil:
		return ErrNotSealed
	case !s.ring.VerifyTag(row.content(), row.Tag):
		found := row.place()
		return &found
	}
	return nil
}

// putSeal seals the database unless that was done before.
func (s *Store) putSeal(ctx context.Context) error {
	row := sealRow{ID: 1, SealedAt: ms(s.clock())}
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO row_integrity (id, sealed_at, tag) VALUES (?, ?, ?)", row.ID, row.SealedAt, s.tag(row))
		if isDuplicate(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("sealing the database: %w", err)
	}
	s.seal.seen.Store(true)
	return nil
}
