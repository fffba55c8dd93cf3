package keyring

import (
	"encoding/binary"
	"errors"
)

// ErrAssociatedData is returned for associated data without table, column or row.
var ErrAssociatedData = errors.New("associated data needs table, column and row")

// AssociatedData binds a ciphertext to the column and row in which it is stored (the additional authenticated data of
// RFC 5116). The ciphertext opens nowhere else, so that nobody with write access to the database can move it.
//
// Shape: the names as in the schema, and the primary key of the row as text. All three are needed. Secrecy: public.
type AssociatedData struct{ Table, Column, Row string }

// authenticated returns the encoded associated data. Each part follows its length, so that different associated data
// have different encodings.
func (p AssociatedData) authenticated() ([]byte, error) {
	if p.Table == "" || p.Column == "" || p.Row == "" {
		return nil, ErrAssociatedData
	}
	var out []byte
	for _, part := range [...]string{p.Table, p.Column, p.Row} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(part))) //nolint:gosec // names and row ids are far below 4 GiB
		out = append(out, part...)
	}
	return out, nil
}
