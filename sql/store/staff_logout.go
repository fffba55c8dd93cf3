package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/staff"
)

// EndStaffSessions implements [staff.SessionStore].
func (s *Store) EndStaffSessions(ctx context.Context, l staff.Logout, now time.Time) (int, error) {
	ended := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		ended = 0
		members, sids := s.memberHashes(l.Issuer, l.Subject), s.sidHashes(l.Issuer, l.SessionID)
		if l.Subject == "" {
			members = nil
		}
		hashes := sids // a logout that names a session ends this one only
		if sids == nil {
			hashes = members
		}
		for _, hash := range hashes {
			if err := putLogout(ctx, tx, hash, l.IssuedAt, now); err != nil {
				return err
			}
		}
		live, err := s.staffSessionsOf(ctx, tx, members, sids, l.IssuedAt)
		for _, id := range live {
			if err == nil {
				err = s.closeStaffSession(ctx, tx, id, now)
			}
			ended++
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("ending staff sessions: %w", err)
	}
	return ended, nil
}

// putLogout stores the newest logout of a member or of a session at the provider. A sign-in stores one of no time, so that
// the two wait for one another and neither overlooks the other.
func putLogout(ctx context.Context, tx *sqlx.Tx, hash []byte, issued, now time.Time) error {
	at, until := ms(issued), ms(now.Add(staff.LogoutLife))
	n, err := rowsMatched(tx.ExecContext(ctx, "UPDATE staff_logouts SET issued_at = CASE WHEN issued_at < ? THEN ? ELSE issued_at END, until = ? WHERE hash = ?",
		at, at, until, hash))
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO staff_logouts (hash, issued_at, until) VALUES (?, ?, ?)", hash, at, until)
	return raced(err)
}

// staffSessionsOf returns the open sessions whose sign-in is not newer than a logout: of one session at the provider, and of
// the member those that the provider did not name; or all of the member.
func (s *Store) staffSessionsOf(ctx context.Context, tx *sqlx.Tx, members, sids [][]byte, issued time.Time) ([]string, error) {
	names := make([]string, len(sids))
	for i, sid := range sids {
		names[i] = hex.EncodeToString(sid)
	}
	var all []string
	if len(names) > 0 {
		query, args, err := in("SELECT id FROM staff_sessions WHERE sid_hash IN (?) AND revoked_at = 0 AND issued_at <= ?", names, ms(issued))
		if err != nil {
			return nil, err
		}
		if err = tx.SelectContext(ctx, &all, query, args...); err != nil {
			return nil, err
		}
	}
	if len(members) > 0 {
		query, args, err := in(`SELECT id FROM staff_sessions WHERE member_id IN (SELECT member_id FROM staff_members WHERE hash IN (?))
			AND revoked_at = 0 AND issued_at <= ? AND (sid_hash = '' OR ? = 0)`, members, ms(issued), len(names))
		if err != nil {
			return nil, err
		}
		var live []string
		if err = tx.SelectContext(ctx, &live, query, args...); err != nil {
			return nil, err
		}
		all = append(all, live...)
	}
	slices.Sort(all) // so that two logouts cannot deadlock
	return all, nil
}

// wasSignedOut returns ErrSignedOut if the provider ended a sign-in before it was completed here.
func (s *Store) wasSignedOut(ctx context.Context, tx *sqlx.Tx, n staff.NewSession) error {
	hashes := slices.Concat(s.memberHashes(n.Identity.Issuer, n.Identity.Subject), s.sidHashes(n.Identity.Issuer, n.Identity.SessionID))
	for _, hash := range hashes {
		if err := putLogout(ctx, tx, hash, time.Time{}, n.Now); err != nil {
			return err
		}
	}
	query, args, err := in("SELECT COUNT(*) FROM staff_logouts WHERE hash IN (?) AND issued_at >= ?", hashes, ms(n.Identity.IssuedAt))
	if err != nil {
		return err
	}
	var ended int
	if err = tx.GetContext(ctx, &ended, query, args...); err != nil {
		return err
	}
	if ended > 0 {
		return staff.ErrSignedOut
	}
	return nil
}
