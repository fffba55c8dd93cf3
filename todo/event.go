package todo

import "time"

// EventType is what an event announces to its registry (R24).
type EventType string

// The types of events.
const (
	EventConfirmed    EventType = "todo.confirmed"
	EventDeclined     EventType = "todo.refused"
	EventDoneAtWindow EventType = "todo.done_at_window" // at a window of the authority; a registry that says so itself gets none
	EventExpired      EventType = "todo.expired"
	EventSuperseded   EventType = "todo.superseded"
	EventNameMismatch EventType = "signer.name_mismatch"
	// EventViewed and EventVerified announce the progress of a signer, to registries
	// that follow it: an open todo was shown for the first time, and the face for its
	// confirmation was passed.
	EventViewed   EventType = "signer.viewed"
	EventVerified EventType = "signer.verified"
	// EventPortraitExpiring announces that the portrait of an answer is deleted
	// after PortraitNotice.
	EventPortraitExpiring EventType = "portrait.expiring"
	// EventErased announces that the person of an answer was erased at their own
	// request: the evidence is gone, and the receipt still verifies.
	EventErased EventType = "signer.erased"
	// EventFrozen and EventUnfrozen announce that the signer of an open todo has frozen
	// their number, so that nobody can answer it, and that the freeze was lifted.
	EventFrozen   EventType = "signer.frozen"
	EventUnfrozen EventType = "signer.unfrozen"
	// EventReported is a person's report that somebody misuses their name (不是我办的).
	// The receipt of their answer is its proof.
	EventReported EventType = "impersonation.reported"
)

// Event is written in the transaction of its cause, once per (todo, type), and
// never changes. It holds no personal data.
type Event struct {
	ID             string // "evt_…"
	Type           EventType
	RegistryID     string
	CaseRow        string
	CaseID         string
	SignerID       string
	TodoID         string
	Revision       int64
	ConfirmationID string // with todo.confirmed, todo.refused, todo.done_at_window, impersonation.reported, portrait.expiring and signer.erased
	Receipt        string // likewise; joined when read
	CreatedAt      time.Time
	Position       int64 // in the registry's feed; 0 = not yet sequenced
}

// DeliveryState of an event's way to its registry.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "pending"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryDead      DeliveryState = "dead" // holds back its own case only
)

// Delivery is an event that this worker has leased.
type Delivery struct {
	Event    Event
	Attempts int    // before this one
	Lease    string // token; only its holder may finish
}

// DeliveryResult ends one push attempt.
type DeliveryResult struct {
	EventID string
	Lease   string
	State   DeliveryState // pending = try again at NextAt
	NextAt  time.Time
	Reason  string // status or kind of error, no text of the other side
	Now     time.Time
}
