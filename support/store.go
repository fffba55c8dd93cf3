package support

import (
	"context"
	"time"
)

// TicketStore keeps tickets. Safe for concurrent use.
type TicketStore interface {
	// OpenTicket returns the account's ticket that is live at fresh.CreatedAt, with
	// the context of fresh, or inserts fresh. A unique key holds an account to one
	// ticket at a time. A context is changed at most MaxChanges times, by a
	// conditional update.
	OpenTicket(ctx context.Context, fresh Ticket) (OpenResult, error)
	// Ticket returns a live ticket of an account. Errors: ErrNotFound.
	Ticket(ctx context.Context, accountID, id string, now time.Time) (Ticket, error)
}

// DialogStore keeps what the dialog must remember. Safe for concurrent use.
type DialogStore interface {
	// AttachTicket attaches the live ticket with this id or code to a person of the
	// service account, who is kept as a keyed hash. The later scan wins, in whatever
	// order the scans arrive. Errors: ErrNotFound.
	AttachTicket(ctx context.Context, a Attachment) (Ticket, error)
	// AttachedTicket returns the live ticket that the person attached last. Errors:
	// ErrNotFound.
	AttachedTicket(ctx context.Context, p Person, now time.Time) (Ticket, error)
	// HandOver marks the person's ticket as handed over, if there is one.
	HandOver(ctx context.Context, p Person, now time.Time) error
	// AnswerMessage records that a message is being answered, by one insert with a
	// unique key. first reports whether it was not recorded before.
	AnswerMessage(ctx context.Context, id string, now time.Time) (first bool, err error)
}

// Attachment attaches a ticket to a person.
type Attachment struct {
	Person    Person
	Reference string    // id or code of the ticket
	At        time.Time // by WeChat's clock, in seconds
	Now       time.Time
}

// CodeStore keeps the pictures of temporary QR codes, so that all replicas show the
// same one. Safe for concurrent use.
type CodeStore interface {
	// QRCode returns the picture of a scene that is valid after now. Errors:
	// ErrNotFound.
	QRCode(ctx context.Context, scene string, now time.Time) (QRCode, error)
	// ReserveQRCode lets one caller at a time make a scene's picture, until a time,
	// by a conditional update. It reports whether this caller may.
	ReserveQRCode(ctx context.Context, scene string, now, until time.Time) (bool, error)
	// PutQRCode stores a picture, replacing an earlier one.
	PutQRCode(ctx context.Context, scene string, c QRCode) error
}
