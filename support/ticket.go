package support

import (
	"errors"
	"time"

	"renzheng/identity"
)

// ErrNotFound is returned for a ticket that does not exist, has expired, or belongs
// to another account.
var ErrNotFound = errors.New("ticket not found")

// Limits of a ticket.
const (
	TicketLife = 7 * 24 * time.Hour // as long as a todo is open
	MaxChanges = 50                 // of one ticket's context; later ones are ignored
)

// State of a ticket.
type State string

// The states, in the order in which a ticket goes through them.
const (
	Open       State = "open"        // not scanned yet
	Attached   State = "attached"    // scanned, or its code was entered, in WeChat
	HandedOver State = "handed_over" // a human agent was asked for
)

// Ticket is one request for support. It contains nothing personal, so another person
// may scan it without harm.
type Ticket struct {
	ID        string // "tkt_" and 32 hex digits; also the scene of its QR code
	Code      string // to read out and to write down, "T-7K2M-93QF"
	AccountID string // who may see it
	Context

	State     State
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Context is the client's description of the problem. It is not verified: it selects
// an answer and decides nothing.
type Context struct {
	Channel      string
	DocumentType identity.DocumentType // "" if unknown
	Failure      string                // code of the failure catalogue; "" if absent
	Purpose      string                // "access", "confirm", "lift" or ""
	Language     string                // of the answers
}
