package rights

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// Deps is what a Service needs. All members but Journal are required; the worker needs Erasures alone of the stores.
type Deps struct {
	Erasures    ErasureStore
	Persons     PersonStore
	Copies      CopyStore
	Corrections CorrectionStore
	Reveals     RevealStore  // of the console only, as the following one
	Officer     OfficerStore // likewise
	Freezes     FreezeStore
	Activities  ActivityStore
	Journal     func(Erasure) error            // records erasures outside the database, so that a restored backup can be erased again; nil = none
	Office      func(registryID string) Office // also for a registry that is no longer configured
	Offices     staff.Offices                  // of members
	Authority   identity.Text                  // of members without an office

	// TriesLast returns the longest window of a limit under which a try may still count.
	TriesLast func(context.Context) (time.Duration, error)
	ProofKept time.Duration // how long ids and times are kept as proof that the processing was lawful
	Clock     func() time.Time
}

// Service holds the rules of a person's rights. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

// Progress is how far an erasure is, and what stays for now.
type Progress struct {
	ErasureStatus

	Stays []Stay
}

// Erase records the erasure of the viewer with their account and executes it. Afterwards the session has ended. A
// repetition under the same grant returns the same erasure. An erasure that was recorded but failed to be executed is
// executed by the worker.
func (s *Service) Erase(ctx context.Context, v Viewer) (Progress, error) {
	now := s.now()
	e := Erasure{ID: ErasureID(v.GrantID), SubjectID: v.SubjectID, AccountID: v.AccountID, RequestedAt: now}
	if s.deps.Journal != nil {
		if err := s.deps.Journal(e); err != nil {
			return Progress{}, fmt.Errorf("recording an erasure: %w", err)
		}
	}
	if err := s.deps.Erasures.RequestErasure(ctx, e); err != nil {
		return Progress{}, err
	}
	x, err := s.execution(ctx, now)
	if err != nil {
		return Progress{}, err
	}
	if _, err = s.deps.Erasures.ExecuteErasure(ctx, e.ID, x); err != nil {
		return Progress{}, err
	}
	return s.Erasure(ctx, e.ID)
}

// Erasure returns the progress of an erasure. ErrNotFound.
func (s *Service) Erasure(ctx context.Context, id string) (Progress, error) {
	status, kept, err := s.deps.Erasures.Erasure(ctx, id)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{ErasureStatus: status, Stays: s.stays(kept)}
	if status.State == Done {
		p.Stays = nil
	}
	always, err := s.alwaysStays(ctx, status.RequestedAt)
	if err != nil {
		return Progress{}, err
	}
	for _, stay := range always {
		if stay.Until.After(s.now()) {
			p.Stays = append(p.Stays, stay)
		}
	}
	return p, nil
}

func (s *Service) execution(ctx context.Context, now time.Time) (Execution, error) {
	tries, err := s.triesLast(ctx)
	return Execution{Now: now, TriesLast: tries, Evidence: func(registryID string) time.Duration { return s.Office(registryID).Evidence }}, err
}

func (s *Service) triesLast(ctx context.Context) (time.Duration, error) {
	last, err := s.deps.TriesLast(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading how long tries count: %w", err)
	}
	return last, nil
}
