package registrytest

import (
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

// Case is what a registry sends for a case.
type Case struct {
	Revision int64       `json:"revision"` // from 1, grows
	Header   todo.Header `json:"header"`
	Items    []todo.Item `json:"items"`
	Signers  []Signatory `json:"signers"`
}

// Signatory is one person in one role of a Case. Personal, in plain text: this
// is the registry's side of the wire.
type Signatory struct {
	SignerID       string      `json:"signer_id"`
	Role           string      `json:"role"`
	DocumentType   string      `json:"document_type"`
	DocumentNumber string      `json:"document_number"`
	Name           string      `json:"name"`
	Items          []todo.Item `json:"items,omitempty"`
}

// CaseState is what the service answers for a case.
type CaseState struct {
	CaseID   string        `json:"case_id"`
	Revision int64         `json:"revision"`
	State    string        `json:"state"`
	Changed  bool          `json:"changed"`
	Signers  []SignerState `json:"signers"`
}

// SignerState is where one signer stands.
type SignerState struct {
	SignerID      string    `json:"signer_id"`
	TodoID        string    `json:"todo_id"`
	Revision      int64     `json:"revision"`
	State         string    `json:"state"`
	ContentDigest string    `json:"content_digest"`
	OpenedAt      time.Time `json:"opened_at"`
	ExpiresAt     time.Time `json:"expires_at"`
}

// Closing is the service's answer to closing a signer at the window.
type Closing struct {
	ConfirmationID string `json:"confirmation_id"`
	TodoID         string `json:"todo_id"`
	Decision       string `json:"decision"`
	Receipt        string `json:"receipt"`
}

// Evidence is what a registry files for one answer (R27). Personal throughout.
type Evidence struct {
	CaseID         string            `json:"case_id"`
	SignerID       string            `json:"signer_id"`
	ConfirmationID string            `json:"confirmation_id"`
	Decision       string            `json:"decision"`
	Receipt        string            `json:"receipt"`
	Content        todo.Content      `json:"content"`
	Portrait       []byte            `json:"portrait"`    // a picture; none = nil
	Handwriting    []byte            `json:"handwriting"` // PNG; none = nil
	Consents       []receipt.Consent `json:"consents"`
	Openings       []receipt.Opening `json:"openings"`
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

// Feed is a part of the pull feed. Next is the position to ask after.
type Feed struct {
	Events []FeedEvent `json:"events"`
	Next   int64       `json:"next"`
}

// FeedEvent is an event as it is pulled.
type FeedEvent struct {
	Event
	ID       string `json:"id"`
	Position int64  `json:"position"`
}
