package operations

import (
	"context"
	"time"
)

// Ticket is one request for technical support. It names neither the person nor their account.
type Ticket struct {
	ID           string
	Code         string // which the person reads out, such as T-7K2M-93QF
	Channel      string
	DocumentType string // "" if unknown
	Failure      string // code of the catalogue, as the client reported it; "" = none
	Purpose      string // "" = none
	Language     string
	State        string // open, attached or handed_over
	Contacts     int    // WeChat accounts that brought it to the service account; 0 in a list
	CreatedAt    time.Time
	AttachedAt   time.Time // when it was last brought there; zero if never, and in a list
	AnsweredAt   time.Time // when an operator recorded that support answered; zero if none did since the person last changed it
	ExpiresAt    time.Time
}

// MaxTickets is the number of tickets that one page lists.
const MaxTickets = 200

// TicketStore reads the tickets of technical support. A ticket is live until it expires. Safe for concurrent use.
type TicketStore interface {
	// SupportTickets returns the live tickets with a failure, or all live tickets if it is "", the oldest first.
	SupportTickets(ctx context.Context, failure string, now time.Time, limit int) ([]Ticket, error)
	// SupportTicket returns a live ticket. Errors: ErrNotFound.
	SupportTicket(ctx context.Context, id string, now time.Time) (Ticket, error)
	// AnswerTicket records that support has answered a live ticket. Idempotent: the first record stays. Errors:
	// ErrNotFound.
	AnswerTicket(ctx context.Context, id, member string, now time.Time) error
	// TicketFailures counts the live tickets by failure, the most frequent first.
	TicketFailures(ctx context.Context, now time.Time) ([]Reason, error)
}
