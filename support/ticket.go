package support

import (
	"errors"
	"time"

	"renzheng/identity"
)

// ErrNotFound says that a ticket is not there, has expired, or is another's.
var ErrNotFound = errors.New("no such ticket")

// Limits of a ticket.
const (
	TicketLife = 7 * 24 * time.Hour // as long as a todo waits
	MaxChanges = 50                 // of one ticket's context: beyond it the last one stays
)

// State says how far a ticket has come.
type State string

// The states, in the order in which a ticket goes through them.
const (
	Open       State = "open"        // nobody has scanned it
	Attached   State = "attached"    // scanned, or its code was written, in WeChat
	HandedOver State = "handed_over" // a human agent was asked for
)

// Ticket is one request for support. It holds nothing personal: it is no harm
// when somebody else scans it.
type Ticket struct {
	ID        string // "tkt_" and 32 hex digits; also the scene of its QR code
	Code      string // to read out and to write down, "T-7K2M-93QF"
	AccountID string // who may see it
	Context

	State     State
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Context is what a ticket says of the difficulty. All of it is the client's
// word: it chooses an answer and decides nothing.
type Context struct {
	Channel      string
	DocumentType identity.DocumentType // "" = not said
	Failure      string                // code of the failure catalogue; "" = none
	Purpose      string                // "access", "confirm" or ""
	Language     string                // of the answers
}
