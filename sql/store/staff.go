package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/staff"
)

var _ staff.SessionStore = (*Store)(nil)

// memberHashes returns the hashes of an account of the identity provider under every look-up key, newest first.
func (s *Store) memberHashes(issuer, subject string) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForStaff, "subject", issuer, subject))
}

// sidHashes does the same for a session at the identity provider.
func (s *Store) sidHashes(issuer, sid string) [][]byte {
	if sid == "" {
		return nil
	}
	return plainHashes(s.ring.Hashes(keyring.ForStaff, "sid", issuer, sid))
}

// OpenStaffSession implements [staff.SessionStore].
func (s *Store) OpenStaffSession(ctx context.Context, n staff.NewSession) (staff.Session, error) {
	row := staffRow{
		ID: n.ID, TokenHash: n.TokenHash[:], Roles: joinRoles(n.Identity.Roles), Office: n.Identity.Office,
		IssuedAt: ms(n.Identity.IssuedAt), CreatedAt: ms(n.Now), Until: ms(n.Until),
	}
	if sids := s.sidHashes(n.Identity.Issuer, n.Identity.SessionID); sids != nil {
		row.SidHash = hex.EncodeToString(sids[0])
	}
	name, err := s.ring.Seal(staffNameAAD(n.ID), []byte(n.Identity.Name))
	if err != nil {
		return staff.Session{}, fmt.Errorf("sealing the name of a member: %w", err)
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error {
		if failed := s.wasSignedOut(ctx, tx, n); failed != nil {
			return failed
		}
		var failed error
		if row.MemberID, failed = s.seeMember(ctx, tx, n); failed != nil {
			return failed
		}
		person, failed := s.seePerson(ctx, tx, n)
		if failed != nil {
			return failed
		}
		row.OwnHash = hex.EncodeToString(person)
		if failed = s.closeSurplusStaff(ctx, tx, row.MemberID, n.Now); failed != nil {
			return failed
		}
		row.Tag = s.tag(row)
		_, failed = tx.ExecContext(ctx, `INSERT INTO staff_sessions (`+staffColumns+`, idle_until, name_cipher)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`, row.ID, row.TokenHash, row.MemberID, row.Roles, row.Office, row.OwnHash, row.SidHash,
			row.IssuedAt, row.CreatedAt, row.Until, row.Tag, ms(n.IdleUntil), name)
		return failed
	})
	if err != nil {
		return staff.Session{}, fmt.Errorf("opening a staff session: %w", err)
	}
	return s.staffSession(row, ms(n.IdleUntil), name)
}

// seeMember returns the id of an account of the identity provider. It stays the same when look-up keys are rotated, as long
// as one of the keys under which the account was seen is in use.
func (s *Store) seeMember(ctx context.Context, tx *sqlx.Tx, n staff.NewSession) (string, error) {
	hashes := s.memberHashes(n.Identity.Issuer, n.Identity.Subject)
	query, args, err := in("SELECT hash, member_id FROM staff_members WHERE hash IN (?) ORDER BY seen_at", hashes)
	if err != nil {
		return "", err
	}
	var found []struct {
		Hash     []byte `db:"hash"`
		MemberID string `db:"member_id"`
	}
	if err = tx.SelectContext(ctx, &found, query, args...); err != nil {
		return "", err
	}
	const idBytes = 16
	id := "stf_" + hex.EncodeToString(hashes[0][:idBytes])
	known := make([][]byte, len(found))
	for i, row := range found {
		id, known[i] = row.MemberID, row.Hash
	}
	for _, hash := range without(hashes, known) {
		if _, err = tx.ExecContext(ctx, "INSERT INTO staff_members (hash, member_id, seen_at) VALUES (?, ?, ?)", hash, id, ms(n.Now)); err != nil {
			return "", raced(err)
		}
	}
	// Sign-ins of one member take turns here, so that two at once cannot both leave the other's out of the count.
	_, err = tx.ExecContext(ctx, "UPDATE staff_members SET seen_at = ? WHERE member_id = ?", ms(n.Now), id)
	return id, err
}

func (s *Store) closeSurplusStaff(ctx context.Context, tx *sqlx.Tx, memberID string, now time.Time) error {
	var live []string
	err := tx.SelectContext(ctx, &live, `SELECT id FROM staff_sessions WHERE member_id = ? AND revoked_at = 0 AND idle_until > ? AND until > ?
		ORDER BY created_at DESC, id DESC`, memberID, ms(now), ms(now))
	if err != nil {
		return fmt.Errorf("listing the member's sessions: %w", err)
	}
	for i := staff.MaxPerMember - 1; i < len(live); i++ {
		if err = s.closeStaffSession(ctx, tx, live[i], now); err != nil {
			return err
		}
	}
	return nil
}

// FindStaffSession implements [staff.SessionStore]. A session whose row was altered does not exist.
func (s *Store) FindStaffSession(ctx context.Context, tokenHash [32]byte, now time.Time) (staff.Session, error) {
	var row struct {
		staffRow

		IdleUntil int64  `db:"idle_until"`
		Name      []byte `db:"name_cipher"`
	}
	err := s.read.GetContext(ctx, &row, "SELECT "+staffColumns+`, idle_until, name_cipher FROM staff_sessions
		WHERE token_hash = ? AND revoked_at = 0 AND idle_until > ? AND until > ?`, tokenHash[:], ms(now), ms(now))
	if noRow(err) {
		return staff.Session{}, staff.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.staffRow)
	}
	if altered(err) {
		return staff.Session{}, staff.ErrNotFound
	}
	if err != nil {
		return staff.Session{}, fmt.Errorf("finding a staff session: %w", err)
	}
	return s.staffSession(row.staffRow, row.IdleUntil, row.Name)
}

// RenewStaffSession implements [staff.SessionStore].
func (s *Store) RenewStaffSession(ctx context.Context, id string, idleUntil, now time.Time) error {
	end, at := ms(idleUntil), ms(now)
	_, err := s.exec(ctx, `UPDATE staff_sessions SET idle_until = CASE WHEN until < ? THEN until ELSE ? END
		WHERE id = ? AND revoked_at = 0 AND idle_until > ? AND idle_until < ? AND until > ?`, end, end, id, at, end, at)
	if err != nil {
		return fmt.Errorf("renewing a staff session: %w", err)
	}
	return nil
}

// CloseStaffSession implements [staff.SessionStore].
func (s *Store) CloseStaffSession(ctx context.Context, id string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error { return s.closeStaffSession(ctx, tx, id, now) })
	if err != nil {
		return fmt.Errorf("closing a staff session: %w", err)
	}
	return nil
}

// closeStaffSession ends a session. One whose row was altered gives no access, and stays as it is.
func (s *Store) closeStaffSession(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	var old staffRow
	err := tx.GetContext(ctx, &old, "SELECT "+staffColumns+" FROM staff_sessions WHERE id = ? AND revoked_at = 0", id)
	if noRow(err) {
		return nil
	}
	if err == nil {
		err = s.verify(ctx, tx, old)
	}
	if altered(err) {
		return nil
	}
	if err != nil {
		return err
	}
	closed := old
	closed.RevokedAt = ms(now)
	err = exactlyOne(tx.ExecContext(ctx, "UPDATE staff_sessions SET revoked_at = ?, tag = ? WHERE id = ? AND revoked_at = 0 AND tag = ?",
		closed.RevokedAt, s.tagAfter(old, closed), id, old.Tag))
	if errors.Is(err, errNotOne) {
		return errRace
	}
	return err
}

// rekeyStaff seals the names of members anew under the newest master key.
func (s *Store) rekeyStaff(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		ID     string `db:"id"`
		Cipher []byte `db:"name_cipher"`
	}
	err := tx.SelectContext(ctx, &rows, "SELECT id, name_cipher FROM staff_sessions WHERE id > ? ORDER BY id LIMIT ?", after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	for _, row := range rows {
		m.last = row.ID
		sealed, changed, err := s.ring.Renew(staffNameAAD(row.ID), row.Cipher)
		if err != nil {
			return moved{}, err
		}
		if !changed {
			continue
		}
		if _, err = tx.ExecContext(ctx, "UPDATE staff_sessions SET name_cipher = ? WHERE id = ? AND name_cipher = ?", sealed, row.ID, row.Cipher); err != nil {
			return moved{}, err
		}
		m.changed++
	}
	return m, nil
}
