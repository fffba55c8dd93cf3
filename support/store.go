package support

import (
	"context"
	"time"
)

// TicketStore keeps tickets. Safe for concurrent use.
type TicketStore interface {
	// OpenTicket gives the account's ticket that lives at fresh.CreatedAt with
	// the context of fresh, or inserts fresh where there is none: an account has
	// one at a time, held by a unique key. A context is changed at most
	// MaxChanges times, by a conditional update. opened tells an insert.
	OpenTicket(ctx context.Context, fresh Ticket) (t Ticket, opened bool, err error)
	// Ticket gives a ticket of an account that lives now. Errors: ErrNotFound.
	Ticket(ctx context.Context, accountID, id string, now time.Time) (Ticket, error)
	// PurgeSupport deletes tickets, QR codes and messages whose time is over, at
	// most limit of each, and tells how many.
	PurgeSupport(ctx context.Context, now time.Time, limit int) (int, error)
}

// DialogStore keeps what the dialog must remember. Safe for concurrent use.
type DialogStore interface {
	// AttachTicket ties the living ticket of this id or code to a person of the
	// service account, whom it keeps as a keyed hash. A later scan wins,
	// whichever is told first. Errors: ErrNotFound.
	AttachTicket(ctx context.Context, a Attachment) (Ticket, error)
	// AttachedTicket gives the living ticket that the person brought last.
	// Errors: ErrNotFound.
	AttachedTicket(ctx context.Context, p Person, now time.Time) (Ticket, error)
	// HandOver marks the person's ticket; it is no error when there is none.
	HandOver(ctx context.Context, p Person, now time.Time) error
	// AnswerMessage records that a message is being answered, by one insert that
	// a unique key decides. It tells whether the caller is the first.
	AnswerMessage(ctx context.Context, id string, now time.Time) (first bool, err error)
}

// Attachment is a person who brought a ticket.
type Attachment struct {
	Person    Person
	Reference string    // id or code of the ticket
	At        time.Time // by WeChat's clock, in seconds
	Now       time.Time
}

// CodeStore keeps the pictures of temporary QR codes, so that all replicas show
// the same one. Safe for concurrent use.
type CodeStore interface {
	// QRCode gives the picture of a scene that is good beyond now. Errors:
	// ErrNotFound.
	QRCode(ctx context.Context, scene string, now time.Time) (QRCode, error)
	// ReserveQRCode lets one caller at a time make a scene's picture, until a
	// time, by a conditional update. It tells whether the caller is the one.
	ReserveQRCode(ctx context.Context, scene string, now, until time.Time) (bool, error)
	// PutQRCode stores a picture in place of what is there.
	PutQRCode(ctx context.Context, scene string, c QRCode) error
}
