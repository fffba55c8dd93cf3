package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/support"
)

var _ support.DialogStore = (*Store)(nil)

// contactHashes returns a person of the service account under every look-up key: rows are read under all of them and
// written under the first. They live for days, so they are not rewritten when a look-up key is rotated.
func (s *Store) contactHashes(p support.Person) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForSupport, "contact", p.Reveal()))
}

// AttachTicket implements [support.DialogStore].
func (s *Store) AttachTicket(ctx context.Context, a support.Attachment) (support.Ticket, error) {
	query := "SELECT " + ticketColumns + " FROM support_tickets t WHERE t.code = ? AND t.expires_at > ?"
	if strings.HasPrefix(a.Reference, "tkt_") {
		query = "SELECT " + ticketColumns + " FROM support_tickets t WHERE t.id = ? AND t.expires_at > ?"
	}
	var row ticketRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		row = ticketRow{}
		err := tx.GetContext(ctx, &row, query, a.Reference, ms(a.Now))
		if noRow(err) {
			return support.ErrNotFound
		}
		if err != nil {
			return err
		}
		if row.State == string(support.Open) {
			row.State = string(support.Attached)
		}
		_, err = tx.ExecContext(ctx, "UPDATE support_tickets SET state = ? WHERE id = ? AND state = ?",
			support.Attached, row.ID, support.Open)
		if err != nil {
			return err
		}
		return s.putContact(ctx, tx, row, a)
	})
	if err != nil {
		return support.Ticket{}, fmt.Errorf("attaching a ticket: %w", err)
	}
	return row.ticket(), nil
}

// putContact keeps who brought a ticket, unless a later one is kept already.
func (s *Store) putContact(ctx context.Context, tx *sqlx.Tx, row ticketRow, a support.Attachment) error {
	hash := s.contactHashes(a.Person)[0]
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE support_contacts SET ticket_id = ?, scanned_at = ?, until = ?
		WHERE user_hash = ? AND scanned_at <= ?`, row.ID, ms(a.At), row.ExpiresAt, hash, ms(a.At)))
	if !errors.Is(err, errNotOne) {
		return err
	}
	var later int64
	err = tx.GetContext(ctx, &later, "SELECT scanned_at FROM support_contacts WHERE user_hash = ?", hash)
	if !noRow(err) {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO support_contacts (user_hash, ticket_id, scanned_at, until) VALUES (?, ?, ?, ?)",
		hash, row.ID, ms(a.At), row.ExpiresAt)
	return raced(err)
}

// AttachedTicket implements [support.DialogStore].
func (s *Store) AttachedTicket(ctx context.Context, p support.Person, now time.Time) (support.Ticket, error) {
	query, args, err := in("SELECT "+ticketColumns+` FROM support_contacts c JOIN support_tickets t ON t.id = c.ticket_id
		WHERE c.user_hash IN (?) AND t.expires_at > ? ORDER BY c.scanned_at DESC LIMIT 1`, s.contactHashes(p), ms(now))
	if err != nil {
		return support.Ticket{}, err
	}
	var row ticketRow
	err = s.read.GetContext(ctx, &row, query, args...)
	if noRow(err) {
		return support.Ticket{}, support.ErrNotFound
	}
	if err != nil {
		return support.Ticket{}, fmt.Errorf("finding a person's ticket: %w", err)
	}
	return row.ticket(), nil
}

// HandOver implements [support.DialogStore].
func (s *Store) HandOver(ctx context.Context, p support.Person, now time.Time) error {
	t, err := s.AttachedTicket(ctx, p, now)
	if errors.Is(err, support.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, "UPDATE support_tickets SET state = ? WHERE id = ? AND expires_at > ?", support.HandedOver, t.ID, ms(now))
	if err != nil {
		return fmt.Errorf("handing a ticket over: %w", err)
	}
	return nil
}

// AnswerMessage implements [support.DialogStore].
func (s *Store) AnswerMessage(ctx context.Context, id string, now time.Time) (bool, error) {
	_, err := s.exec(ctx, "INSERT INTO support_messages (id, answered_at) VALUES (?, ?)", id, ms(now))
	if isDuplicate(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("recording an answered message: %w", err)
	}
	return true, nil
}
