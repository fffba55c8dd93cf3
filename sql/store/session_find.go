package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
)

// sessionRow is a live session with its account and perhaps a grant, of which a session has at most one (R3).
type sessionRow struct {
	ID              string
	CreatedAt       int64
	IdleUntil       int64
	Until           int64
	AccountID       string
	Channel         string
	GrantID         string // "" without a grant; likewise the next two
	SubjectID       string
	VerificationID  string
	DocumentCipher  []byte
	GrantUntil      int64
	SubjectKey      []byte
	HasPrefill      bool
	HasVerification bool

	token tokenRow
	grant grantRow
}

// selectSession is read for every request: one statement, and without an order, for which MariaDB would make a table on
// disk. An account without a data key was erased, and its sessions with it. The two conditions at its end spare GET /v1/session two statements that mostly find nothing.
const selectSession = `SELECT s.id, s.created_at, s.idle_until, s.until, a.id, a.channel,
	COALESCE(g.id, ''), COALESCE(g.subject_id, ''), COALESCE(g.verification_id, ''), g.document_cipher, COALESCE(g.until, 0), gk.wrapped,
	EXISTS (SELECT 1 FROM prefills p WHERE p.session_id = s.id AND p.until > ?),
	EXISTS (SELECT 1 FROM verifications v WHERE v.session_id = s.id AND v.state IN ('open', 'awaiting_acceptance')),
	s.platform, s.version, s.tag, COALESCE(g.account_id, ''), COALESCE(g.portrait_id, ''), COALESCE(g.starts_at, 0), g.tag
	FROM sessions s
	JOIN accounts a ON a.id = s.account_id
	JOIN data_keys ak ON ak.owner_id = a.id
	LEFT JOIN grants g ON g.session_id = s.id AND g.ended_at = 0 AND g.until > ?
	LEFT JOIN data_keys gk ON gk.owner_id = g.subject_id
	WHERE s.token_hash = ? AND s.revoked_at = 0 AND s.idle_until > ? AND s.until > ?`

// FindSession implements [session.Store].
func (s *Store) FindSession(ctx context.Context, tokenHash [32]byte, now time.Time) (session.Session, error) {
	row, err := s.findSession(ctx, s.read, tokenHash, now)
	if err != nil {
		return session.Session{}, fmt.Errorf("finding a session: %w", err)
	}
	return s.session(row)
}

// findSession scans by hand: reflection over so many columns would cost more than the statement.
func (s *Store) findSession(ctx context.Context, q querier, tokenHash [32]byte, now time.Time) (sessionRow, error) {
	var r sessionRow
	at := ms(now)
	found := q.QueryRowContext(ctx, selectSession, at, at, tokenHash[:], at, at)
	err := found.Scan(&r.ID, &r.CreatedAt, &r.IdleUntil, &r.Until, &r.AccountID, &r.Channel,
		&r.GrantID, &r.SubjectID, &r.VerificationID, &r.DocumentCipher, &r.GrantUntil, &r.SubjectKey,
		&r.HasPrefill, &r.HasVerification,
		&r.token.Platform, &r.token.Version, &r.token.Tag, &r.grant.AccountID, &r.grant.PortraitID, &r.grant.StartsAt, &r.grant.Tag)
	if noRow(err) {
		err = session.ErrNotFound
	}
	if err == nil {
		r.complete(tokenHash)
		err = s.verifySession(ctx, q, &r)
	}
	if err != nil {
		return sessionRow{}, err
	}
	return r, nil
}

// verifySession takes from an altered row the authority that it would give: a session does not exist, and a grant gives no
// access, so that its person can sign in or be verified again.
func (s *Store) verifySession(ctx context.Context, q querier, r *sessionRow) error {
	err := s.verify(ctx, q, r.token)
	if altered(err) {
		return session.ErrNotFound
	}
	if err != nil || r.GrantID == "" {
		return err
	}
	if err = s.verify(ctx, q, r.grant); altered(err) {
		r.GrantID, err = "", nil
	}
	return err
}

// complete fills in what the statement required of the rows of the session and its grant.
func (r *sessionRow) complete(tokenHash [32]byte) {
	r.token.ID, r.token.TokenHash, r.token.AccountID = r.ID, tokenHash[:], r.AccountID
	r.token.CreatedAt, r.token.Until = r.CreatedAt, r.Until
	r.grant.ID, r.grant.SessionID, r.grant.SubjectID = r.GrantID, r.ID, r.SubjectID
	r.grant.VerificationID, r.grant.Until = r.VerificationID, r.GrantUntil
}

func (s *Store) session(row sessionRow) (session.Session, error) {
	found := session.Session{
		ID:        row.ID,
		Account:   session.Account{ID: row.AccountID, Channel: identity.Channel(row.Channel)},
		CreatedAt: fromMs(row.CreatedAt), IdleUntil: fromMs(row.IdleUntil), Until: fromMs(row.Until),
		Pending: session.Pending{Prefill: row.HasPrefill, Verification: row.HasVerification},
	}
	if row.GrantID == "" || len(row.SubjectKey) == 0 { // no grant, or its subject was erased
		return found, nil
	}
	document, err := s.grantDocument(row.GrantID, row.SubjectID, row.SubjectKey, row.DocumentCipher)
	if err != nil {
		return session.Session{}, err
	}
	found.Grant = &session.Grant{
		ID: row.GrantID, SubjectID: row.SubjectID, VerificationID: row.VerificationID,
		Document: document, Until: fromMs(row.GrantUntil),
	}
	return found, nil
}

func (s *Store) grantDocument(id, subjectID string, wrapped, cipher []byte) (identity.Document, error) {
	key, err := s.unwrap(subjectID, wrapped)
	if err != nil {
		return identity.Document{}, err
	}
	return openDocument(key, grantAAD(id), cipher)
}

func grantAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "grants", Column: "document_cipher", Row: id}
}
