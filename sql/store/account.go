package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
)

// findOrCreateAccount returns the id of the account of a channel's user (R1), in the way of findOrCreateSubject.
func (s *Store) findOrCreateAccount(ctx context.Context, tx *sqlx.Tx, n session.NewSession) (string, error) {
	hashes := s.accountHashes(n.Channel, n.User)
	query, args, err := in(`SELECT k.hash, k.account_id AS id, u.erased_at, `+userColumns+` FROM account_keys k
		JOIN accounts u ON u.id = k.account_id LEFT JOIN data_keys uk ON uk.owner_id = u.id WHERE k.hash IN (?)`, hashes)
	if err != nil {
		return "", err
	}
	var found []foundAccount
	if err = tx.SelectContext(ctx, &found, query, args...); err != nil {
		return "", fmt.Errorf("finding an account: %w", err)
	}
	if len(found) == 0 {
		return s.createAccount(ctx, tx, n.Channel, n.User, n.Now)
	}
	if err = s.verifyAccount(found[0], n.User); err != nil {
		return "", err
	}
	for _, hash := range missing(hashes, found...) {
		if err = insertAccountHash(ctx, tx, hash, found[0].ID); err != nil {
			return "", err
		}
	}
	if found[0].ErasedAt > 0 {
		err = s.reviveAccount(ctx, tx, found[0].ownedHash, n)
	}
	return found[0].ID, err
}

// verifyAccount returns an AlteredError if a look-up hash leads to the account of another user. Nothing is left of the
// user of an erased account.
func (s *Store) verifyAccount(a foundAccount, user identity.ChannelUser) error {
	if a.ErasedAt > 0 {
		return nil
	}
	stored, err := s.openUser(a.ID, a.accountUser)
	if err == nil && stored.AppID == user.AppID && stored.Reveal() == user.Reveal() {
		return nil
	}
	return s.misled("account_keys", a.ID)
}

func (s *Store) createAccount(
	ctx context.Context, tx *sqlx.Tx, channel identity.Channel, user identity.ChannelUser, now time.Time,
) (string, error) {
	id, err := s.newID("acc_")
	if err != nil {
		return "", err
	}
	key, err := s.newOwnerKey(ctx, tx, id)
	if err != nil {
		return "", err
	}
	sealed, err := key.Seal(accountAAD(id), []byte(user.Reveal()))
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO accounts (id, channel, app_id, user_kind, user_cipher, logins, created_at)
		VALUES (?, ?, ?, ?, ?, 0, ?)`, id, channel, user.AppID, user.Kind, sealed, ms(now))
	if err != nil {
		return "", fmt.Errorf("inserting an account: %w", err)
	}
	for _, hash := range s.accountHashes(channel, user) {
		if err = insertAccountHash(ctx, tx, hash, id); err != nil {
			return "", err
		}
	}
	return id, nil
}

func accountAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "accounts", Column: "user_cipher", Row: id}
}

// accountHashes returns the hashes of a channel's user under every look-up key, newest first.
func (s *Store) accountHashes(channel identity.Channel, user identity.ChannelUser) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForAccount, string(channel), user.AppID, user.Reveal()))
}

func insertAccountHash(ctx context.Context, tx *sqlx.Tx, hash []byte, id string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO account_keys (hash, account_id) VALUES (?, ?)", hash, id)
	if err != nil {
		return fmt.Errorf("inserting an account's look-up hash: %w", raced(err))
	}
	return nil
}

// accountUser is the channel's id of an account u as a query reads it, with the account's data key uk.
type accountUser struct {
	AppID       *string `db:"app_id"`
	UserKind    *string `db:"user_kind"`
	UserCipher  []byte  `db:"user_cipher"`
	UserWrapped []byte  `db:"user_wrapped"`
}

const userColumns = "u.app_id, u.user_kind, u.user_cipher, uk.wrapped AS user_wrapped"

// openUser returns the channel's id of an account, zero if the account is gone.
func (s *Store) openUser(accountID string, u accountUser) (identity.ChannelUser, error) {
	if u.AppID == nil || u.UserKind == nil || len(u.UserWrapped) == 0 {
		return identity.ChannelUser{}, nil
	}
	key, err := s.unwrap(accountID, u.UserWrapped)
	if err != nil {
		return identity.ChannelUser{}, err
	}
	user, err := key.Open(accountAAD(accountID), u.UserCipher)
	if err != nil {
		return identity.ChannelUser{}, fmt.Errorf("opening the channel's id of an account: %w", err)
	}
	return identity.NewChannelUser(*u.AppID, *u.UserKind, string(user)), nil
}

// ChannelUser implements [session.Store].
func (s *Store) ChannelUser(ctx context.Context, accountID string) (identity.ChannelUser, error) {
	var u accountUser
	err := s.read.GetContext(ctx, &u, "SELECT "+userColumns+` FROM accounts u LEFT JOIN data_keys uk ON uk.owner_id = u.id
		WHERE u.id = ?`, accountID)
	if noRow(err) {
		return identity.ChannelUser{}, session.ErrNotFound
	}
	if err != nil {
		return identity.ChannelUser{}, fmt.Errorf("reading an account: %w", err)
	}
	return s.openUser(accountID, u)
}
