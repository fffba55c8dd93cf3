package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"renzheng/keyring"
)

// AlteredError reports a row that carries authority and was changed past the server: its tag does not fit its columns, or a
// look-up hash leads to somebody else.
// The row is left as it is, so that it can be examined.
type AlteredError struct {
	Table string
	ID    string // the primary key; its parts are separated by |
}

func (e *AlteredError) Error() string {
	return fmt.Sprintf("row %s of table %s was changed in the database", e.ID, e.Table)
}

// altered reports whether an error is about an altered row, which does not get better by trying again.
func altered(err error) bool { return errors.As(err, new(*AlteredError)) }

// OnAltered makes the store report each altered row that it meets. It must be called before the store is used.
func (s *Store) OnAltered(report func(AlteredError)) { s.onAltered = report }

// tagged is a row, as it was read or as it is to be written, whose columns are authenticated by a tag. Sealed columns
// are not among them, because they authenticate themselves, and neither is what only serves workers.
type tagged interface {
	// place returns the table and the primary key.
	place() AlteredError
	// content returns the columns; their order is that of the table and never changes.
	content() keyring.TagContent
	// stored returns the tag that was read.
	stored() []byte
}

// tag returns the tag of a row that is to be inserted.
func (s *Store) tag(row tagged) []byte { return s.ring.Tag(row.content()) }

// tagAfter returns the tag of a row after a change. A row that had no valid tag gets none: a new one would approve
// whatever had been changed before.
func (s *Store) tagAfter(old, changed tagged) []byte {
	if !s.ring.VerifyTag(old.content(), old.stored()) {
		return []byte{}
	}
	return s.ring.Tag(changed.content())
}

// verify returns an AlteredError if one of the rows was changed past the server. As long as the database is not
// sealed, servers of an earlier version may have written rows without a tag, or changed them without their tag.
func (s *Store) verify(ctx context.Context, q querier, rows ...tagged) error {
	for _, row := range rows {
		if s.ring.VerifyTag(row.content(), row.stored()) {
			continue
		}
		sealed, err := s.sealed(ctx, q)
		if err != nil {
			return err
		}
		if sealed {
			found := row.place()
			s.report(found)
			return &found
		}
	}
	return nil
}

func (s *Store) report(found AlteredError) {
	if s.onAltered != nil {
		s.onAltered(found)
	}
}

// missed returns errRace instead of errNotOne if a conditional change of a row did not match because somebody else has
// changed the row since it was read.
func missed(ctx context.Context, q querier, row tagged, err error) error {
	if !errors.Is(err, errNotOne) {
		return err
	}
	place := row.place()
	var tag []byte
	failed := q.GetContext(ctx, &tag, "SELECT tag FROM "+place.Table+" WHERE id = ?", place.ID)
	switch {
	case noRow(failed):
		return err
	case failed != nil:
		return failed
	case !bytes.Equal(tag, row.stored()):
		return errRace
	}
	return err
}
