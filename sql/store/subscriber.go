package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/subscriber"
)

var _ subscriber.Store = (*Store)(nil)

// Register implements [subscriber.Store].
func (s *Store) Register(ctx context.Context, use subscriber.CodeUse, n subscriber.NewSubscriber) error {
	var rejection error
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var err error
		if rejection, err = s.useCode(ctx, tx, use, n.Now); err != nil || rejection != nil {
			return err
		}
		_, err = s.findSubscriber(ctx, tx, n.Phone)
		if err == nil {
			rejection = subscriber.ErrRegistered
			return nil
		}
		if !errors.Is(err, subscriber.ErrNotRegistered) {
			return err
		}
		return s.insertSubscriber(ctx, tx, n)
	})
	if err == nil {
		err = rejection
	}
	if err != nil {
		return fmt.Errorf("registering a subscriber: %w", err)
	}
	return nil
}

func (s *Store) insertSubscriber(ctx context.Context, tx *sqlx.Tx, n subscriber.NewSubscriber) error {
	id, err := s.createAccount(ctx, tx, identity.Web, subscriber.User(n.ID), n.Now)
	if err != nil {
		return err
	}
	key, err := s.ownerKey(ctx, tx, id)
	if err != nil {
		return err
	}
	phone, err := key.Seal(subscriberAAD(id, "phone_cipher"), []byte(n.Phone.Reveal()))
	if err != nil {
		return err
	}
	nickname, err := key.Seal(subscriberAAD(id, "nickname_cipher"), []byte(n.Nickname.Reveal()))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO subscribers (account_id, phone_cipher, nickname_cipher, notice_id, version, notice_hash, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, id, phone, nickname, n.Agreement.ID, n.Agreement.Version, n.Agreement.Hash, ms(n.Now))
	if err != nil {
		return fmt.Errorf("inserting a subscriber: %w", err)
	}
	for _, hash := range s.phoneHashes(n.Phone) {
		if _, err = tx.ExecContext(ctx, "INSERT INTO subscriber_keys (hash, account_id) VALUES (?, ?)", hash, id); err != nil {
			return fmt.Errorf("inserting a subscriber's look-up hash: %w", raced(err))
		}
	}
	return nil
}

// SignIn implements [subscriber.Store].
func (s *Store) SignIn(ctx context.Context, use subscriber.CodeUse, now time.Time) (identity.ChannelUser, error) {
	var rejection error
	var user identity.ChannelUser
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var err error
		if rejection, err = s.useCode(ctx, tx, use, now); err != nil || rejection != nil {
			return err
		}
		if user, err = s.findSubscriber(ctx, tx, use.Phone); errors.Is(err, subscriber.ErrNotRegistered) {
			rejection = err
			return nil
		}
		return err
	})
	if err == nil {
		err = rejection
	}
	if err != nil {
		return identity.ChannelUser{}, fmt.Errorf("signing a subscriber in: %w", err)
	}
	return user, nil
}

// findSubscriber returns the channel's user of the subscriber with a phone number. It compares the number with the one that is
// sealed under the account's key, because a hash could have been moved to another account in the database. Errors:
// [subscriber.ErrNotRegistered].
func (s *Store) findSubscriber(ctx context.Context, tx *sqlx.Tx, phone identity.Phone) (identity.ChannelUser, error) {
	query, args, err := in(`SELECT k.account_id AS id, b.phone_cipher, `+userColumns+` FROM subscriber_keys k
		JOIN subscribers b ON b.account_id = k.account_id JOIN accounts u ON u.id = k.account_id
		LEFT JOIN data_keys uk ON uk.owner_id = k.account_id WHERE k.hash IN (?) LIMIT 1`, s.phoneHashes(phone))
	if err != nil {
		return identity.ChannelUser{}, err
	}
	var row struct {
		ID     string `db:"id"`
		Cipher []byte `db:"phone_cipher"`
		accountUser
	}
	err = tx.GetContext(ctx, &row, query, args...)
	if noRow(err) {
		return identity.ChannelUser{}, subscriber.ErrNotRegistered
	}
	if err != nil {
		return identity.ChannelUser{}, fmt.Errorf("finding a subscriber: %w", err)
	}
	key, err := s.unwrap(row.ID, row.UserWrapped)
	if err != nil {
		return identity.ChannelUser{}, err
	}
	stored, err := key.Open(subscriberAAD(row.ID, "phone_cipher"), row.Cipher)
	if err != nil || string(stored) != phone.Reveal() {
		return identity.ChannelUser{}, s.misled("subscriber_keys", row.ID)
	}
	return s.openUser(row.ID, row.accountUser)
}

// phoneHashes returns the hashes of a phone number by which its subscriber is found, newest look-up key first.
func (s *Store) phoneHashes(phone identity.Phone) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForSubscriber, "phone", phone.Reveal()))
}

func subscriberAAD(accountID, column string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "subscribers", Column: column, Row: accountID}
}

// dropSubscriber deletes what makes an account a subscriber's.
func dropSubscriber(ctx context.Context, tx *sqlx.Tx, accountID string) error {
	return execAll(ctx, tx, []string{
		"DELETE FROM subscriber_keys WHERE account_id = ?",
		"DELETE FROM subscribers WHERE account_id = ?",
	}, accountID)
}

func (s *Store) rehashSubscribers(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		ID      string `db:"account_id"`
		Cipher  []byte `db:"phone_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.SelectContext(ctx, &rows, `SELECT b.account_id, b.phone_cipher, k.wrapped FROM subscribers b
		LEFT JOIN data_keys k ON k.owner_id = b.account_id WHERE b.account_id > ? ORDER BY b.account_id LIMIT ?`, after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	var owners []hashed
	for _, row := range rows {
		m.last = row.ID
		if len(row.Wrapped) == 0 {
			continue // erased
		}
		key, failed := s.unwrap(row.ID, row.Wrapped)
		if failed != nil {
			return moved{}, failed
		}
		plain, failed := key.Open(subscriberAAD(row.ID, "phone_cipher"), row.Cipher)
		if failed != nil {
			return moved{}, failed
		}
		phone, failed := identity.ParsePhone(string(plain))
		if failed != nil {
			return moved{}, failed
		}
		owners = append(owners, hashed{row.ID, s.phoneHashes(phone)})
	}
	m.changed, err = rehash(ctx, tx, hashTable{"subscriber_keys", "account_id"}, owners)
	return m, err
}
