package keyring

import (
	"encoding/binary"
	"errors"
)

// ErrPlace says that a place lacks its table, column or row.
var ErrPlace = errors.New("a place needs table, column and row")

// Place is where a ciphertext is stored. A ciphertext opens at its own place only, so that nobody with write access
// to the database can move one to another row or column.
//
// Shape: the names as in the schema, and the primary key of the row as text. All three are needed. Secrecy: public.
type Place struct{ Table, Column, Row string }

// authenticated gives the bytes that bind a ciphertext to the place: each part behind its length, so that no two
// places are written alike.
func (p Place) authenticated() ([]byte, error) {
	if p.Table == "" || p.Column == "" || p.Row == "" {
		return nil, ErrPlace
	}
	var out []byte
	for _, part := range [...]string{p.Table, p.Column, p.Row} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(part))) //nolint:gosec // names and row ids are far below 4 GiB
		out = append(out, part...)
	}
	return out, nil
}
