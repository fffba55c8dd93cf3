package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// errErased says that an owner has no data key: what was sealed for it is gone for good (R28).
var errErased = errors.New("the data key was deleted")

// newOwnerKey makes the data key of a new owner: an account, a subject, a case or a portrait.
func (s *Store) newOwnerKey(ctx context.Context, tx *sqlx.Tx, ownerID string) (keyring.DataKey, error) {
	key, row, err := s.drawOwnerKey(ownerID)
	if err != nil {
		return keyring.DataKey{}, err
	}
	if err = insertRows(ctx, tx, insertDataKeys, [][]any{row}); err != nil {
		return keyring.DataKey{}, fmt.Errorf("storing a data key: %w", err)
	}
	return key, nil
}

const insertDataKeys = "INSERT INTO data_keys (owner_id, wrapped, created_at)"

// drawOwnerKey returns a new data key, and its row for insertDataKeys.
func (s *Store) drawOwnerKey(ownerID string) (keyring.DataKey, []any, error) {
	key, wrapped, err := s.ring.NewDataKey(ownerID)
	return key, []any{ownerID, []byte(wrapped), ms(s.clock())}, err
}

// ownerKey returns the data key of an owner. Where a row of the owner is read anyway, join data_keys and use
// [Store.unwrap]. Errors: errErased.
func (s *Store) ownerKey(ctx context.Context, q querier, ownerID string) (keyring.DataKey, error) {
	var wrapped []byte
	err := q.GetContext(ctx, &wrapped, "SELECT wrapped FROM data_keys WHERE owner_id = ?", ownerID)
	if err != nil && !noRow(err) {
		return keyring.DataKey{}, fmt.Errorf("reading a data key: %w", err)
	}
	return s.unwrap(ownerID, wrapped)
}

// unwrap returns the data key of a joined row of data_keys; none is errErased.
func (s *Store) unwrap(ownerID string, wrapped []byte) (keyring.DataKey, error) {
	if len(wrapped) == 0 {
		return keyring.DataKey{}, errErased
	}
	return s.ring.Unwrap(ownerID, wrapped)
}

// dropKey erases an owner.
func dropKey(ctx context.Context, tx *sqlx.Tx, ownerID string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM data_keys WHERE owner_id = ?", ownerID); err != nil {
		return fmt.Errorf("deleting a data key: %w", err)
	}
	return nil
}

// sealJSON seals a value for its place. The value's type must marshal in plain: identity's types do not, see document.go.
func sealJSON(key keyring.DataKey, aad keyring.AssociatedData, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding %s.%s: %w", aad.Table, aad.Column, err)
	}
	return key.Seal(aad, plain)
}

// openJSON reads what sealJSON wrote into value, a pointer.
func openJSON(key keyring.DataKey, aad keyring.AssociatedData, cipher []byte, value any) error {
	plain, err := key.Open(aad, cipher)
	if err != nil {
		return err
	}
	return decodeJSON(aad, plain, value)
}

func decodeJSON(aad keyring.AssociatedData, plain []byte, value any) error {
	if json.Unmarshal(plain, value) != nil { // the cause may quote personal data
		return notStored(aad)
	}
	return nil
}

func notStored(aad keyring.AssociatedData) error {
	return fmt.Errorf("decoding %s.%s: not what was stored", aad.Table, aad.Column)
}
