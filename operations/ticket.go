package operations

import (
	"context"
	"time"
)

// Ticket is one request for technical support. It names neither the person nor their account.
type Ticket struct {
	ID           string
	Code         string // which the person reads out
	Channel      string
	DocumentType string // "" if unknown
	Failure      string // of the catalogue, as the client said; "" if absent
	Purpose      string // "" if absent
	Language     string
	State        string // open, attached or handed_over
	Contacts     int    // how many accounts of WeChat brought it to the service account; 0 in a list
	CreatedAt    time.Time
	AttachedAt   time.Time // when it was brought there last; zero if never, and in a list
	AnsweredAt   time.Time // when an operator said that support has answered; zero if nobody has since the person last changed it
	ExpiresAt    time.Time
}

// MaxTickets bounds one list.
const MaxTickets = 200

// TicketStore shows the tickets of technical support.
type TicketStore interface {
	// SupportTickets returns the live tickets, the oldest first: of one failure, or of all if it is "".
	SupportTickets(ctx context.Context, failure string, now time.Time, limit int) ([]Ticket, error)
	// SupportTicket returns a live ticket. ErrNotFound.
	SupportTicket(ctx context.Context, id string, now time.Time) (Ticket, error)
	// AnswerTicket records that support has answered a live ticket. It is idempotent: the first record stays. ErrNotFound.
	AnswerTicket(ctx context.Context, id, member string, now time.Time) error
	// TicketFailures counts the live tickets by failure, the most frequent first.
	TicketFailures(ctx context.Context, now time.Time) ([]Reason, error)
}
