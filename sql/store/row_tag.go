package store

import (
	"bytes"
	"database/sql/driver"
	"fmt"
)

// rowTag is the tag of a row as it is stored. That of a row of an earlier version is empty and never NULL, which equals
// nothing in a WHERE; SQLite's driver reads an empty value as nil and writes nil as NULL.
type rowTag []byte //nolint:recvcheck // Scan changes it, and Value is called on values

// sealedColumn is a sealed column that is empty as long as there is nothing to seal, with the same care.
type sealedColumn = rowTag

// Value returns the bytes.
func (t rowTag) Value() (driver.Value, error) {
	if t == nil {
		return []byte{}, nil
	}
	return []byte(t), nil
}

// Scan reads a column. NULL, of a row that an outer join did not find, is nil.
func (t *rowTag) Scan(value any) error {
	switch value := value.(type) {
	case nil:
		*t = nil
	case []byte:
		*t = bytes.Clone(value)
	case string:
		*t = rowTag(value)
	default:
		return fmt.Errorf("a tag of type %T", value)
	}
	return nil
}
