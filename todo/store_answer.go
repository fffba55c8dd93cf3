package todo

import (
	"context"
	"time"

	"renzheng/receipt"
)

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
	Stamp          Stamp // of the verification
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
	Report       Event // that somebody misuses the person's name; its ID is "" without one
	Viewer       Viewer
	Key          Key
	Now          time.Time
	Todo         Stamp // of the todo that was read
	Proof        Stamp // of the verification that was read; nil unless the answer is a confirmation
}

// Key is the caller's Idempotency-Key for an answer (R31).
type Key struct {
	Route string // operation id
	Value string
	Body  []byte // the store keeps a keyed hash only
}

// AnswerStore keeps answers. Confirm and Decline are one transaction each.
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
	// same; confirmation, event, strokes hash and idempotency key inserted. ErrConflict,
	// ErrAnswered (also where the key was used), ErrStrokesReused; nothing is written
	// then.
	Confirm(ctx context.Context, a Answer) error
	// Decline does the same, without verification and strokes. A report is stored for a
	// reviewer, too.
	Decline(ctx context.Context, a Answer) error
	// Answered returns the confirmation that was made with this key, or else the one
	// that the todo has. ErrNotFound if there is neither, ErrKeyReused if the key was
	// used with another body. A key with an empty Value was never used.
	Answered(ctx context.Context, v Viewer, todoID string, k Key) (ExistingAnswer, error)
}
