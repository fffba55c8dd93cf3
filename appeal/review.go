package appeal

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/staff"
)

// ReviewStore keeps what reviewers do. Nobody finds or changes an appeal of their own, and each change is one conditional
// update that says so (R52). Safe for concurrent use.
type ReviewStore interface {
	// Queue returns the appeals that wait for a reviewer, the earliest deadline first, without anything personal.
	Queue(ctx context.Context, m staff.Member, limit int) ([]Appeal, error)
	// SealedAppeal returns an appeal without anything personal. Errors: ErrNotFound.
	SealedAppeal(ctx context.Context, m staff.Member, id string) (Appeal, error)
	// ReadAppeal records that a reviewer reads an appeal, and returns it with everything, in one transaction. Errors: ErrNotFound.
	ReadAppeal(ctx context.Context, m staff.Member, id string, now time.Time) (Appeal, error)
	// LookAgain records that a reviewer looks at a material of an appeal that they have read since its last step. Errors: ErrNotFound,
	// ErrUnread.
	LookAgain(ctx context.Context, m staff.Member, id string, now time.Time) error
	// Ask asks the person of a submitted appeal, in the version that the member has read since its last step. Errors: ErrNotFound,
	// ErrNotOpen, ErrUnread, ErrBounds.
	Ask(ctx context.Context, a Act, version int64, question Message) error
	// Propose proposes a decision on an appeal that is submitted or has an unanswered question, in the version that the member has
	// read since its last step. The entry gets the digest of what is stored of the decision. Errors: ErrNotFound, ErrNotOpen, ErrUnread.
	Propose(ctx context.Context, a Act, version int64, d Decision) error
	// Approve decides as another reviewer proposed, in the state that the caller has seen, and resets quotas, in one
	// transaction. The reviewer must have read the appeal since the proposal. Errors: ErrNotFound, ErrNotOpen, ErrFourEyes,
	// ErrUnread.
	Approve(ctx context.Context, a Approval) error
	// SendBack drops a proposal that the member has read since it was made, and stores why. Its proposer may do so too. The entry gets
	// the digest of the reason as it is stored. Errors: ErrNotFound, ErrNotOpen, ErrUnread.
	SendBack(ctx context.Context, a Act, version int64, reason identity.Secret) error
}

// Kinds of entries in the ledger.
const (
	KindAsked    ledger.Kind = "appeal.asked"
	KindProposed ledger.Kind = "appeal.proposed"
	KindDecided  ledger.Kind = "appeal.decided"
	KindReturned ledger.Kind = "appeal.returned"
)

// Act is what a reviewer does to an appeal. The store appends its entry to the ledger in the same transaction.
type Act struct {
	Member staff.Member
	ID     string // of the appeal
	Now    time.Time
	Entry  ledger.Draft
}

func (s *Service) act(m staff.Member, id string, kind ledger.Kind, outcome Outcome) (Act, error) {
	entryID, err := s.deps.NewID("led_")
	now := s.now()
	return Act{Member: m, ID: id, Now: now, Entry: ledger.Draft{
		ID: entryID, At: now, Kind: kind, Office: m.Office, Member: m.ID, Reference: id, Reason: string(outcome),
	}}, err
}

// Approval is what Approve stores.
type Approval struct {
	Act

	Version     int64
	DeleteAfter time.Time // materials
	Scopes      []string  // of quotas that begin anew
}

// Queue returns what waits for a reviewer.
func (s *Service) Queue(ctx context.Context, m staff.Member) ([]Appeal, error) {
	found, err := s.deps.Reviews.Queue(ctx, m, maxListed)
	if err != nil {
		return nil, fmt.Errorf("listing the queue: %w", err)
	}
	return found, nil
}

// Sealed returns an appeal without anything personal. Errors: ErrNotFound.
func (s *Service) Sealed(ctx context.Context, m staff.Member, id string) (Appeal, error) {
	a, err := s.deps.Reviews.SealedAppeal(ctx, m, id)
	if err != nil {
		return Appeal{}, fmt.Errorf("reading an appeal: %w", err)
	}
	return a, nil
}

// Read returns an appeal with everything. The person is shown that it was read. Errors: ErrNotFound.
func (s *Service) Read(ctx context.Context, m staff.Member, id string) (Appeal, error) {
	a, err := s.deps.Reviews.ReadAppeal(ctx, m, id, s.now())
	if err != nil {
		return Appeal{}, fmt.Errorf("reading an appeal: %w", err)
	}
	s.markAbandonedReadings(a.Materials)
	return a, nil
}

// Show returns the clean copy of a material that is ready, and what it is, to a reviewer who has read the appeal: a look at a picture is not a
// reading of what is decided. The look is recorded first. Errors: ErrNotFound, ErrUnread.
func (s *Service) Show(ctx context.Context, m staff.Member, appealID, id string) (*io.SectionReader, Material, error) {
	a, err := s.Sealed(ctx, m, appealID)
	if err != nil {
		return nil, Material{}, err
	}
	i := slices.IndexFunc(a.Materials, func(one Material) bool { return one.ID == id && one.State == Ready })
	if i < 0 {
		return nil, Material{}, ErrNotFound
	}
	if err = s.deps.Reviews.LookAgain(ctx, m, appealID, s.now()); err != nil {
		return nil, Material{}, fmt.Errorf("looking at material: %w", err)
	}
	found := a.Materials[i]
	return io.NewSectionReader(&partReader{ctx: ctx, store: s.deps.Materials, material: id, copy: found.CopyID}, 0, found.Bytes), found, nil
}

// Inquiry is what a reviewer asks about an appeal in the version that they have read.
type Inquiry struct {
	AppealID string
	Version  int64
	Text     identity.Secret
}

// Ask asks the person a question. A form that is sent again asks nothing again. Errors: ErrNotFound, ErrNotOpen, ErrUnread, ErrBounds, and
// those of [identity.PlainLines].
func (s *Service) Ask(ctx context.Context, m staff.Member, q Inquiry) error {
	if err := identity.PlainLines(q.Text.Reveal(), MaxText, maxLines); err != nil {
		return err
	}
	a, err := s.act(m, q.AppealID, KindAsked, "")
	if err != nil {
		return err
	}
	if err = s.deps.Reviews.Ask(ctx, a, q.Version, Message{FromStaff: true, Text: q.Text, At: a.Now}); err != nil {
		return fmt.Errorf("asking the person: %w", err)
	}
	return nil
}

// Proposal is a decision that a reviewer proposes on an appeal in the version that they have read.
type Proposal struct {
	Decision

	AppealID string
	Version  int64
}

// Propose proposes a decision on an appeal. Errors: ErrNotFound, ErrNotOpen, ErrUnread, ErrOutcome, and those of [identity.PlainLines].
func (s *Service) Propose(ctx context.Context, m staff.Member, p Proposal) error {
	for _, text := range []identity.Secret{p.Reason, p.Ground} {
		if err := identity.PlainLines(text.Reveal(), MaxText, maxLines); err != nil {
			return err
		}
	}
	a, err := s.Sealed(ctx, m, p.AppealID)
	if err != nil {
		return err
	}
	if !slices.Contains(a.Possible(), p.Outcome) {
		return ErrOutcome
	}
	act, err := s.act(m, p.AppealID, KindProposed, p.Outcome)
	if err != nil {
		return err
	}
	if err = s.deps.Reviews.Propose(ctx, act, p.Version, p.Decision); err != nil {
		return fmt.Errorf("proposing a decision: %w", err)
	}
	return nil
}

// Possible returns the outcomes that an appeal can have: tries are those of a verification.
func (a Appeal) Possible() []Outcome {
	if a.SubjectID == "" {
		return []Outcome{LimitLifted, ToWindow, Stands}
	}
	return Outcomes()
}

// Approve decides as another reviewer proposed. version is that of the proposal which the reviewer has read. Errors:
// ErrNotFound, ErrNotOpen, ErrFourEyes, ErrUnread.
func (s *Service) Approve(ctx context.Context, m staff.Member, id string, version int64) error {
	a, err := s.Sealed(ctx, m, id)
	if err != nil {
		return err
	}
	act, err := s.act(m, id, KindDecided, a.Decision.Outcome)
	if err != nil {
		return err
	}
	approval := Approval{
		Act: act, Version: version, DeleteAfter: act.Now.Add(KeptDecided), Scopes: s.deps.Scopes(a.Decision.Outcome, a, act.Now),
	}
	if err = s.deps.Reviews.Approve(ctx, approval); err != nil {
		return fmt.Errorf("approving a decision: %w", err)
	}
	return nil
}

// Return sends a proposal back, in the version that the reviewer has read.
type Return struct {
	AppealID string
	Version  int64
	Reason   identity.Secret // for the reviewers; the person is not shown it
}

// SendBack drops a proposal for a reason. Errors: ErrNotFound, ErrNotOpen, ErrUnread, and those of [identity.PlainLines].
func (s *Service) SendBack(ctx context.Context, m staff.Member, r Return) error {
	if err := identity.PlainLines(r.Reason.Reveal(), MaxText, maxLines); err != nil {
		return err
	}
	a, err := s.act(m, r.AppealID, KindReturned, "")
	if err != nil {
		return err
	}
	if err = s.deps.Reviews.SendBack(ctx, a, r.Version, r.Reason); err != nil {
		return fmt.Errorf("dropping a proposal: %w", err)
	}
	return nil
}
