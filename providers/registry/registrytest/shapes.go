package registrytest

import (
	"time"

	"renzheng/todo"
)

// Case is what a registry sends for a case.
type Case struct {
	Revision int64       `json:"revision"` // from 1, grows
	Header   todo.Header `json:"header"`
	Items    []todo.Item `json:"items"`
	Signers  []Signatory `json:"signers"`
}

// Signatory is one person in one role of a Case.
type Signatory struct {
	SignerID   string            `json:"signer_id"`
	Role       string            `json:"role"`
	Represents *todo.Represented `json:"represents,omitempty"` // nil if the person signs for themselves
	Document   Document          `json:"document"`
	Items      []todo.Item       `json:"items,omitempty"`
}

// Document names a person. Personal, and in plain text: this is the registry's
// side of the wire.
type Document struct {
	Type   string `json:"type"`
	Number string `json:"number"`
	Name   string `json:"name"`
}

// CaseState is what the service answers for a case.
type CaseState struct {
	CaseID   string        `json:"case_id"`
	Revision int64         `json:"revision"`
	State    string        `json:"state"`
	Changed  bool          `json:"changed"` // of a push
	Signers  []SignerState `json:"signers"`
}

// Invitation leads a signer to a todo. Secret: it is shown once.
type Invitation struct {
	Code      string    `json:"code"`
	Link      string    `json:"link,omitempty"` // "" without a web channel, as QR
	QR        []byte    `json:"qr,omitempty"`   // PNG
	Page      string    `json:"page"`
	Scene     string    `json:"scene"`
	ExpiresAt time.Time `json:"expires_at"`
}

// CaseList is a part of the list of cases.
type CaseList struct {
	Cases      []CaseSummary `json:"cases"`
	NextCursor string        `json:"next_cursor"` // "" on the last page
}

// CaseSummary is one line of the list of cases.
type CaseSummary struct {
	CaseID     string    `json:"case_id"`
	Revision   int64     `json:"revision"`
	State      string    `json:"state"`
	ReceivedAt time.Time `json:"received_at"`
	Signers    struct {
		Open     int `json:"open"`
		Answered int `json:"answered"`
		Closed   int `json:"closed"`
	} `json:"signers"`
}

// SignerState is where one signer stands.
type SignerState struct {
	SignerID      string    `json:"signer_id"`
	Role          string    `json:"role"`
	Represented   string    `json:"represented"`
	TodoID        string    `json:"todo_id"`
	State         string    `json:"state"`
	Kind          string    `json:"kind"`
	Revision      int64     `json:"revision"`
	ContentDigest string    `json:"content_digest"`
	ExpiresAt     time.Time `json:"expires_at"`
	AnsweredAt    time.Time `json:"answered_at"` // zero = not yet
}

// Closing is the service's answer to closing a signer at the window.
type Closing struct {
	SignerID   string    `json:"signer_id"`
	TodoID     string    `json:"todo_id"`
	Decision   string    `json:"decision"`
	AnsweredAt time.Time `json:"answered_at"`
	Receipt    string    `json:"receipt"`
}

// Event is an event as it is pushed.
type Event struct {
	Type      todo.EventType `json:"type"`
	Timestamp time.Time      `json:"timestamp"`
	Data      EventData      `json:"data"`
}

// EventData says what an event is about.
type EventData struct {
	RegistryID     string `json:"registry_id"`
	CaseID         string `json:"case_id"`
	SignerID       string `json:"signer_id"`
	TodoID         string `json:"todo_id"`
	Revision       int64  `json:"revision"`
	ConfirmationID string `json:"confirmation_id"`
	Receipt        string `json:"receipt"`
}

// Feed is a part of the pull feed.
type Feed struct {
	Events    []FeedEvent `json:"events"`
	NextAfter int64       `json:"next_after"` // ask with it for what follows
}

// FeedEvent is an event as it is pulled.
type FeedEvent struct {
	ID             string         `json:"id"`
	Type           todo.EventType `json:"type"`
	Position       int64          `json:"position"`
	CreatedAt      time.Time      `json:"created_at"`
	CaseID         string         `json:"case_id"`
	SignerID       string         `json:"signer_id"`
	TodoID         string         `json:"todo_id"`
	Revision       int64          `json:"revision"`
	ConfirmationID string         `json:"confirmation_id"`
	Receipt        string         `json:"receipt"`
}
