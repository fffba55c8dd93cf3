package rights

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// ErrNotFound reports that a row does not exist or belongs to another person.
var ErrNotFound = errors.New("not found")

// Erasure is a person's request to be erased. It has no personal data, and is kept so that a restored backup can be
// erased again.
type Erasure struct {
	ID          string // "ers_…"; unguessable, see ErasureID
	SubjectID   string
	AccountID   string // from which it was requested
	RequestedAt time.Time
}

// ErasureState is how far an erasure is.
type ErasureState string

// States of an erasure.
const (
	Requested ErasureState = "requested" // nothing is erased yet
	Partly    ErasureState = "partly"    // account and subject are erased; something has a ground to stay
	Done      ErasureState = "done"
)

// ErasureStatus is an erasure with its progress.
type ErasureStatus struct {
	Erasure

	State    ErasureState
	ErasedAt time.Time // of account and subject; zero before
	DoneAt   time.Time // zero before
}

// Execution is what decides how much of an erasure may be executed.
type Execution struct {
	Now       time.Time
	TriesLast time.Duration                         // how long a used try counts; until then id and look-up hashes stay, so that nobody resets their tries
	Evidence  func(registryID string) time.Duration // how long an answer is kept as evidence
}

// ErasureStore keeps and executes erasures.
type ErasureStore interface {
	// RequestErasure stores an erasure in state Requested. It is idempotent by id.
	RequestErasure(ctx context.Context, e Erasure) error
	// ExecuteErasure erases what may be erased and returns the progress. It may be repeated, interrupted and called by
	// several replicas at once. ErrNotFound.
	ExecuteErasure(ctx context.Context, id string, x Execution) (ErasureStatus, error)
	// DueErasures returns the ids of erasures that are to be executed.
	DueErasures(ctx context.Context, now time.Time, limit int) ([]string, error)
	// Erasure returns the progress of an erasure, and what has a ground to stay. ErrNotFound.
	Erasure(ctx context.Context, id string) (ErasureStatus, Kept, error)
}

// erasureIDBytes is the size of the random-looking part of an id.
const erasureIDBytes = 16

// ErasureID returns the id of the erasure that is requested under an access grant. It is the same for a repeated
// request, whose session may already be gone. It is as hard to guess as the id of the grant.
func ErasureID(grantID string) string {
	sum := sha256.Sum256([]byte("renzheng erasure\x00" + grantID))
	return "ers_" + hex.EncodeToString(sum[:erasureIDBytes])
}

// erasureBatch bounds one round of the worker.
const erasureBatch = 50

// ExecuteErasures executes what is due and returns how many erasures were looked at. One that fails does not hold up the others.
func (s *Service) ExecuteErasures(ctx context.Context) (int, error) {
	now := s.now()
	ids, err := s.deps.Erasures.DueErasures(ctx, now, erasureBatch)
	if err != nil {
		return 0, fmt.Errorf("listing erasures: %w", err)
	}
	if len(ids) == 0 {
		return 0, nil
	}
	x, err := s.execution(ctx, now)
	if err != nil {
		return 0, err
	}
	var problems []error
	for _, id := range ids {
		if _, err = s.deps.Erasures.ExecuteErasure(ctx, id, x); err != nil {
			problems = append(problems, fmt.Errorf("executing erasure %s: %w", id, err))
		}
	}
	return len(ids), errors.Join(problems...)
}
