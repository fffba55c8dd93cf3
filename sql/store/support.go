package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/support"
)

var _ support.TicketStore = (*Store)(nil)

const ticketColumns = `t.id, t.code, t.account_id, t.channel, t.document_type, t.failure, t.purpose, t.language, t.state,
	t.created_at, t.expires_at`

type ticketRow struct {
	ID           string `db:"id"`
	Code         string `db:"code"`
	AccountID    string `db:"account_id"`
	Channel      string `db:"channel"`
	DocumentType string `db:"document_type"`
	Failure      string `db:"failure"`
	Purpose      string `db:"purpose"`
	Language     string `db:"language"`
	State        string `db:"state"`
	CreatedAt    int64  `db:"created_at"`
	ExpiresAt    int64  `db:"expires_at"`
}

func (r ticketRow) ticket() support.Ticket {
	return support.Ticket{
		ID: r.ID, Code: r.Code, AccountID: r.AccountID,
		Context: support.Context{
			Channel: r.Channel, DocumentType: identity.DocumentType(r.DocumentType),
			Failure: r.Failure, Purpose: r.Purpose, Language: r.Language,
		},
		State: support.State(r.State), CreatedAt: fromMs(r.CreatedAt), ExpiresAt: fromMs(r.ExpiresAt),
	}
}

// OpenTicket implements [support.TicketStore].
func (s *Store) OpenTicket(ctx context.Context, fresh support.Ticket) (support.OpenResult, error) {
	var result support.OpenResult
	failed := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row ticketRow
		err := tx.GetContext(ctx, &row, "SELECT "+ticketColumns+" FROM support_tickets t WHERE t.account_id = ?", fresh.AccountID)
		switch {
		case noRow(err):
			result = support.OpenResult{Ticket: fresh, Created: true}
			return insertTicket(ctx, tx, fresh)
		case err != nil:
			return err
		case row.ExpiresAt <= ms(fresh.CreatedAt):
			result = support.OpenResult{Ticket: fresh, Created: true}
			return replaceTicket(ctx, tx, row.ID, fresh)
		}
		result = support.OpenResult{Ticket: row.ticket()}
		if result.Context == fresh.Context {
			return nil
		}
		changed, err := changeTicket(ctx, tx, result.ID, fresh)
		if changed {
			result.Context = fresh.Context
		}
		return err
	})
	if failed != nil {
		return support.OpenResult{}, fmt.Errorf("opening a ticket: %w", failed)
	}
	return result, nil
}

func insertTicket(ctx context.Context, tx *sqlx.Tx, t support.Ticket) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO support_tickets
		(id, code, account_id, channel, document_type, failure, purpose, language, state, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.ID, t.Code, t.AccountID, t.Channel, t.DocumentType, t.Failure, t.Purpose, t.Language, t.State,
		ms(t.CreatedAt), ms(t.ExpiresAt))
	return raced(err)
}

// replaceTicket makes a new ticket where one is over and not purged yet.
func replaceTicket(ctx context.Context, tx *sqlx.Tx, over string, fresh support.Ticket) error {
	err := exactlyOne(tx.ExecContext(ctx, "DELETE FROM support_tickets WHERE id = ? AND expires_at <= ?", over, ms(fresh.CreatedAt)))
	if errors.Is(err, errNotOne) {
		return errRace
	}
	if err != nil {
		return err
	}
	return insertTicket(ctx, tx, fresh)
}

// changeTicket changes the context of a ticket and reports whether it could: the changes of a ticket are limited.
func changeTicket(ctx context.Context, tx *sqlx.Tx, id string, fresh support.Ticket) (bool, error) {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE support_tickets
		SET channel = ?, document_type = ?, failure = ?, purpose = ?, language = ?, changes = changes + 1, answered_at = 0, answered_by = ''
		WHERE id = ? AND changes < ? AND expires_at > ?`,
		fresh.Channel, fresh.DocumentType, fresh.Failure, fresh.Purpose, fresh.Language,
		id, support.MaxChanges, ms(fresh.CreatedAt)))
	if errors.Is(err, errNotOne) {
		return false, nil
	}
	return err == nil, err
}

// Ticket implements [support.TicketStore].
func (s *Store) Ticket(ctx context.Context, accountID, id string, now time.Time) (support.Ticket, error) {
	var row ticketRow
	err := s.read.GetContext(ctx, &row, "SELECT "+ticketColumns+` FROM support_tickets t
		WHERE t.id = ? AND t.account_id = ? AND t.expires_at > ?`, id, accountID, ms(now))
	if noRow(err) {
		return support.Ticket{}, support.ErrNotFound
	}
	if err != nil {
		return support.Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	return row.ticket(), nil
}
