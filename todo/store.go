package todo

import (
	"context"
	"errors"
	"time"

	"renzheng/receipt"
)

// Kinds of failure of a store.
var (
	ErrNotFound      = errors.New("not found")                          // not yours or not there: the same
	ErrConflict      = errors.New("state has changed")                  // a conditional update matched no row: read again
	ErrAnswered      = errors.New("already answered")                   // the todo has its answer
	ErrStrokesReused = errors.New("identical strokes were used before") // R21
	ErrKeyReused     = errors.New("idempotency key reused with another body")
)

// CasePlan is a decided change of a case. Everything in it is one transaction,
// guarded by the revision it was decided on.
type CasePlan struct {
	Case        Case   // as it will be; Case.ID set
	OldRevision int64  // 0 = the case must not exist yet
	Supersede   []Todo // open ones that end as superseded, with an event each
	End         []Todo // open ones that end as withdrawn (signer removed, case withdrawn); no event: the registry asked
	Open        []Todo // new ones; the store finds or creates their subjects
	Events      []Event
	Now         time.Time
}

// CaseStore keeps cases for registries.
type CaseStore interface {
	// Case returns a registry's case with the newest todo of each signer, content
	// included. ErrNotFound.
	Case(ctx context.Context, registryID, caseID string) (Case, error)
	// CaseOutline is Case without the contents of the todos, which are many megabytes
	// for a large case. ErrNotFound.
	CaseOutline(ctx context.Context, registryID, caseID string) (Case, error)
	// ApplyCase carries out p and returns the outline of the case. ErrConflict when
	// the case is no longer at p.OldRevision in the state it was read in, or one of
	// p.Supersede and p.End was answered meanwhile.
	ApplyCase(ctx context.Context, p CasePlan) (Case, error)
	// CloseSigner writes the registry's statement that a signer was served at the
	// window: the open or expired todo becomes done_at_window with c as its answer.
	// No event. ErrConflict when it is neither any more.
	CloseSigner(ctx context.Context, c Confirmation) error
	// Standing returns the answer of a todo that Case returned. ErrNotFound.
	Standing(ctx context.Context, t Todo) (Confirmation, error)
}

// TodoStore reads todos for a person. Every reading method joins a live grant (R3).
//
//nolint:revive // beside CaseStore and AnswerStore a bare Store would seem to be all of them
type TodoStore interface {
	// ListTodos returns the todos of the viewer's subject opened since a time,
	// newest first, in one statement. Superseded ones are left out: the todo that
	// took their place is there. RegistryName and NameDiffers are for the caller.
	ListTodos(ctx context.Context, v Viewer, since, now time.Time, p Page) ([]Row, error)
	// Todo returns one with its content. ErrNotFound.
	Todo(ctx context.Context, v Viewer, id string, now time.Time) (Todo, error)
	// MarkServed records that this session was shown that digest (R6).
	MarkServed(ctx context.Context, v Viewer, t Todo, now time.Time) error
	// InsertEvent writes e unless the same (todo, type) has one. It is the one method
	// without a viewer: the caller has just read the todo.
	InsertEvent(ctx context.Context, e Event) error
}

// Proof is what is known of a passed confirm verification, for its receipt.
type Proof struct {
	VerificationID string
	PolicyDigest   string
	Checks         []receipt.Check
	Access         receipt.Access    // the access verification behind the viewer's grant
	Consents       []receipt.Consent // of the account, live, newest last
	PortraitSHA256 []byte            // of the picture; nil = none
	PortraitID     string
	FacePassedAt   time.Time
}

// Readiness is a todo and what a verification contributes to its confirmation.
type Readiness struct {
	Todo Todo
	// Proof is nil unless the verification can confirm the todo: it has passed, is
	// neither expired nor consumed, and is bound to this todo, revision and digest.
	Proof *Proof
	// Consumed reports that the verification was used for an answer before.
	Consumed bool
}

// ExistingAnswer is an answer that an earlier call made.
type ExistingAnswer struct {
	Confirmation Confirmation
	// SameKey reports that the earlier call had the same idempotency key, so that
	// this call repeats it.
	SameKey bool
}

// Answer is a decided answer with everything that is written with it.
type Answer struct {
	Confirmation Confirmation
	Event        Event
	Viewer       Viewer
	Key          Key
	Now          time.Time
}

// Key is the caller's Idempotency-Key for an answer (R31).
type Key struct {
	Route string // operation id
	Value string
	Body  []byte // the store keeps a keyed hash only
}

// AnswerStore keeps answers. Confirm and Refuse are one transaction each.
type AnswerStore interface {
	// Ready returns, in at most two statements, the todo (content included) and
	// whether the session's verification can confirm it. A verification that does
	// not exist cannot. ErrNotFound for the todo.
	Ready(ctx context.Context, v Viewer, todoID, verificationID string, now time.Time) (Readiness, error)
	// Access returns the access verification behind the viewer's live grant.
	// ErrNotFound.
	Access(ctx context.Context, v Viewer, now time.Time) (receipt.Access, error)
	// Confirm settles: todo open → confirmed where revision, digest, window and the
	// viewer's grant hold; verification passed → consumed where it is bound to the
	// same; confirmation, event, strokes hash, idempotency key and a handwriting that
	// waits for its picture inserted. ErrConflict, ErrAnswered (also where the key was
	// used), ErrStrokesReused; nothing is written then.
	Confirm(ctx context.Context, a Answer) error
	// Refuse likewise, without verification and strokes.
	Refuse(ctx context.Context, a Answer) error
	// Answered returns the confirmation that was made with this key, or else the one
	// that the todo has. ErrNotFound if there is neither, ErrKeyReused if the key was
	// used with another body. A key with an empty Value was never used.
	Answered(ctx context.Context, v Viewer, todoID string, k Key) (ExistingAnswer, error)
}

// RecordStore reads answers.
type RecordStore interface {
	// Confirmations lists the viewer's own, newest first; Openings and Strokes are
	// not loaded. The cursor of p is the answer's time and id.
	Confirmations(ctx context.Context, v Viewer, p Page, now time.Time) ([]Confirmation, error)
	// Confirmation returns one of the viewer's own. ErrNotFound.
	Confirmation(ctx context.Context, v Viewer, id string, now time.Time) (Confirmation, error)
	// Evidence returns what a registry must file for an answer of its own signer.
	// In the same transaction it writes the audit entry (R27), and at the first fetch
	// it sets when the portrait is deleted (R33). With a zero fetchedAt it writes
	// neither. ErrNotFound.
	Evidence(ctx context.Context, q EvidenceQuery, fetchedAt time.Time) (Evidence, error)
}

// EvidenceQuery names an answer as its registry does.
type EvidenceQuery struct {
	RegistryID string
	CaseID     string
	SignerID   string
	Revision   int64 // of the todo that was answered; 0 for the signer's newest answer
}

// Evidence is all that proves one answer (R27, P-6).
type Evidence struct {
	Todo         Todo
	Confirmation Confirmation
	Portrait     []byte
	Handwriting  []byte // PNG; nil until rendered
}

// EventStore is the way of events to registries. It is shared by all replicas.
type EventStore interface {
	// Sequence returns feed positions to committed events that have none, gapless per
	// registry, in one transaction under the caller's lease (R24).
	Sequence(ctx context.Context, now time.Time, limit int) (int, error)
	// ClaimDeliveries leases up to limit due events, oldest first, never one whose
	// case has an earlier undelivered event.
	ClaimDeliveries(ctx context.Context, registryID string, now, leaseUntil time.Time, limit int) ([]Delivery, error)
	// FinishDeliveries applies each result whose lease is still held, all in one
	// transaction, and returns how many it applied.
	FinishDeliveries(ctx context.Context, results []DeliveryResult) (int, error)
	// Feed returns a registry's sequenced events after a position.
	Feed(ctx context.Context, registryID string, after int64, limit int) ([]Event, error)
	// Redeliver makes an event of this registry due again, dead or delivered. ErrNotFound.
	Redeliver(ctx context.Context, registryID, eventID string, now time.Time) error
}

// Handwriting is the rendered picture of a confirmation. Secrecy: personal.
type Handwriting struct {
	ConfirmationID string
	CaseRow        string
	PNG            []byte
}

// PortraitEnd selects the portraits that are to be deleted, and sets when.
type PortraitEnd struct {
	AnsweredBy  time.Time // selects answers up to this time whose evidence was never fetched
	DeleteAfter time.Time
	Now         time.Time
	Limit       int
}

// UpkeepStore is what the workers need.
type UpkeepStore interface {
	// AnnouncePortraits sets when the selected portraits are deleted, with an event
	// each, and returns how many. It leaves out portraits that have a time already.
	AnnouncePortraits(ctx context.Context, p PortraitEnd) (int, error)
	// ExpireTodos ends open todos past their window and inserts the event that
	// announce returns for each, which is given all but signer and content.
	ExpireTodos(ctx context.Context, now time.Time, limit int, announce func(Todo) (Event, error)) (int, error)
	// Unrendered returns confirmations whose strokes have no picture yet. One that
	// cannot be read is an error beside the others, which are returned.
	Unrendered(ctx context.Context, limit int) ([]Confirmation, error)
	// PutHandwritings stores pictures in one transaction, each once. Those of cases
	// that were erased meanwhile are dropped.
	PutHandwritings(ctx context.Context, pictures []Handwriting) error
	// Purge deletes what its retention allows (R33) and returns how many rows went.
	Purge(ctx context.Context, now time.Time, limit int) (int, error)
}
