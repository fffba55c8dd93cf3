package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
)

// sessionRow is a live session with its account and perhaps a grant, of which a session has one at most (R3). It is read
// for every request, hence in one statement, and without an order, for which MariaDB would make a table on disk.
type sessionRow struct {
	ID             string  `db:"id"`
	CreatedAt      int64   `db:"created_at"`
	IdleUntil      int64   `db:"idle_until"`
	Until          int64   `db:"until"`
	AccountID      string  `db:"account_id"`
	Channel        string  `db:"channel"`
	AppID          string  `db:"app_id"`
	UserKind       string  `db:"user_kind"`
	UserCipher     []byte  `db:"user_cipher"`
	AccountKey     []byte  `db:"account_key"`
	GrantID        *string `db:"grant_id"`
	SubjectID      *string `db:"subject_id"`
	VerificationID *string `db:"verification_id"`
	DocumentCipher []byte  `db:"document_cipher"`
	GrantUntil     *int64  `db:"grant_until"`
	SubjectKey     []byte  `db:"subject_key"`
}

const selectSession = `SELECT s.id, s.created_at, s.idle_until, s.until,
	a.id AS account_id, a.channel, a.app_id, a.user_kind, a.user_cipher, ak.wrapped AS account_key,
	g.id AS grant_id, g.subject_id, g.verification_id, g.document_cipher, g.until AS grant_until, gk.wrapped AS subject_key
	FROM sessions s
	JOIN accounts a ON a.id = s.account_id
	JOIN data_keys ak ON ak.owner_id = a.id
	LEFT JOIN grants g ON g.session_id = s.id AND g.ended_at = 0 AND g.until > ?
	LEFT JOIN data_keys gk ON gk.owner_id = g.subject_id
	WHERE s.token_hash = ? AND s.revoked_at = 0 AND s.idle_until > ? AND s.until > ?`

// FindSession implements [session.Store].
func (s *Store) FindSession(ctx context.Context, tokenHash [32]byte, now time.Time) (session.Session, error) {
	var row sessionRow
	if err := findSession(ctx, s.read, &row, tokenHash, now); err != nil {
		return session.Session{}, fmt.Errorf("finding a session: %w", err)
	}
	return s.session(row)
}

func findSession(ctx context.Context, q querier, row *sessionRow, tokenHash [32]byte, now time.Time) error {
	err := q.GetContext(ctx, row, selectSession, ms(now), tokenHash[:], ms(now), ms(now))
	if noRow(err) {
		return session.ErrNotFound
	}
	return err
}

func (s *Store) session(row sessionRow) (session.Session, error) {
	key, err := s.unwrap(row.AccountID, row.AccountKey)
	if err != nil {
		return session.Session{}, err
	}
	user, err := key.Open(accountPlace(row.AccountID), row.UserCipher)
	if err != nil {
		return session.Session{}, err
	}
	found := session.Session{
		ID: row.ID,
		Account: session.Account{
			ID: row.AccountID, Channel: identity.Channel(row.Channel),
			User: identity.NewChannelUser(row.AppID, row.UserKind, string(user)),
		},
		CreatedAt: fromMs(row.CreatedAt), IdleUntil: fromMs(row.IdleUntil), Until: fromMs(row.Until),
	}
	if row.GrantID == nil || len(row.SubjectKey) == 0 { // none, or its subject was erased
		return found, nil
	}
	document, err := s.grantDocument(*row.GrantID, *row.SubjectID, row.SubjectKey, row.DocumentCipher)
	if err != nil {
		return session.Session{}, err
	}
	found.Grant = &session.Grant{
		ID: *row.GrantID, SubjectID: *row.SubjectID, VerificationID: *row.VerificationID,
		Document: document, Until: fromMs(*row.GrantUntil),
	}
	return found, nil
}

func (s *Store) grantDocument(id, subjectID string, wrapped, cipher []byte) (identity.Document, error) {
	key, err := s.unwrap(subjectID, wrapped)
	if err != nil {
		return identity.Document{}, err
	}
	return openDocument(key, grantPlace(id), cipher)
}

func grantPlace(id string) keyring.Place {
	return keyring.Place{Table: "grants", Column: "document_cipher", Row: id}
}
