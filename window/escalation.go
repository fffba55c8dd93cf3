package window

import (
	"context"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// EscalationKind is what the provincial centre is asked to do.
type EscalationKind string

// The kinds.
const (
	VerifyPhone  EscalationKind = "verify_phone"  // a code does not arrive, or the phone is another person's
	CorrectData  EscalationKind = "correct_data"  // what was synchronised is wrong
	FourElements EscalationKind = "four_elements" // name, number, card and phone are to be looked at
	TwoCards     EscalationKind = "two_cards"     // two cards in use, the earlier dates on record
)

// EscalationKinds returns all kinds.
func EscalationKinds() []EscalationKind {
	return []EscalationKind{VerifyPhone, CorrectData, FourElements, TwoCards}
}

// Escalation is one request of an office to the centre. Both sides see the same clock.
type Escalation struct {
	ID        string // "esc_…"
	Kind      EscalationKind
	Office    string // which asks
	Centre    string // which is asked
	VisitID   string
	SentBy    string
	SentAt    time.Time
	DueAt     time.Time
	SettledBy string // "" while it is open
	SettledAt time.Time
	Outcome   string
	Note      identity.Secret // what is to be looked at, in the clerk's words; personal; read for a purpose only
	Answer    identity.Secret // of the centre; likewise
}

// Overdue reports whether the centre has not answered in time.
func (e Escalation) Overdue(now time.Time) bool { return e.SettledAt.IsZero() && now.After(e.DueAt) }

// EscalationOutcomes returns how the centre settles one.
func EscalationOutcomes() []string { return []string{"resolved", "nothing_wrong", "not_possible"} }

// EscalationStore keeps escalations. What changes one appends its entry in the same transaction.
type EscalationStore interface {
	// SendEscalation inserts one for the person of an identified visit of the member's office. ErrNotFound, ErrState, ErrOwnAffair.
	SendEscalation(ctx context.Context, e Escalation, a Act) error
	// Escalations returns those that an office asked for or is asked, the most urgent first, without note and answer.
	Escalations(ctx context.Context, office string, limit int) ([]Escalation, error)
	// ReadEscalation returns one with note and answer to a member of either side. The access is recorded first. ErrNotFound,
	// ErrOwnAffair.
	ReadEscalation(ctx context.Context, id string, a Act) (Escalation, error)
	// SettleEscalation settles an open one of the member's centre. ErrNotFound, ErrState, ErrOwnAffair.
	SettleEscalation(ctx context.Context, e Escalation, a Act) error
}

const (
	// EscalationTime is how long the centre has.
	EscalationTime = 48 * time.Hour
	// MaxNote is the number of characters of a note or an answer.
	MaxNote      = 500
	maxNoteLines = 12

	maxEscalations = 200
)

// EscalationRequest is what the centre is asked.
type EscalationRequest struct {
	ID      string // "esc_…", by which a repetition is known; "" = a new one
	VisitID string
	Kind    EscalationKind
	Note    identity.Secret
}

// Escalate asks the centre for help with the person of a visit. Errors: ErrRole, ErrOutcome for an unknown kind, ErrNotFound,
// ErrState if the document was not seen yet, ErrOwnAffair; those of [identity.PlainLines]; [staff.ErrRepeated].
func (s *Service) Escalate(ctx context.Context, m staff.Member, r EscalationRequest) (Escalation, error) {
	if err := serves(m); err != nil {
		return Escalation{}, err
	}
	if s.Centre == "" || m.Office == s.Centre || !slices.Contains(EscalationKinds(), r.Kind) {
		return Escalation{}, ErrOutcome
	}
	if err := identity.PlainLines(r.Note.Reveal(), MaxNote, maxNoteLines); err != nil {
		return Escalation{}, err
	}
	id, err := s.chosenID(r.ID, "esc_")
	if err != nil {
		return Escalation{}, err
	}
	a, err := s.act(m, r.VisitID, KindEscalated, string(r.Kind))
	if err != nil {
		return Escalation{}, err
	}
	a.Entry.Reference = id
	e := Escalation{
		ID: id, Kind: r.Kind, Office: m.Office, Centre: s.Centre, VisitID: r.VisitID, SentBy: m.ID, SentAt: a.Now, DueAt: a.Now.Add(EscalationTime), Note: r.Note,
	}
	if err = s.Escalations.SendEscalation(ctx, e, a); err != nil {
		return Escalation{}, fmt.Errorf("asking the centre: %w", err)
	}
	return e, nil
}

// ListEscalations returns what the member's office asked for or is asked, the most urgent first. Errors: ErrRole.
func (s *Service) ListEscalations(ctx context.Context, m staff.Member) ([]Escalation, error) {
	if err := atWindow(m); err != nil {
		return nil, err
	}
	found, err := s.Escalations.Escalations(ctx, m.Office, maxEscalations)
	if err != nil {
		return nil, fmt.Errorf("listing escalations: %w", err)
	}
	return found, nil
}

// Escalation returns one with its words. The person sees that it was read. Errors: ErrRole, ErrNotFound, ErrOwnAffair.
func (s *Service) Escalation(ctx context.Context, m staff.Member, id string) (Escalation, error) {
	if err := serves(m); err != nil {
		return Escalation{}, err
	}
	e, err := s.Escalations.ReadEscalation(ctx, id, Act{Member: m, Now: s.now()})
	if err != nil {
		return Escalation{}, fmt.Errorf("reading an escalation: %w", err)
	}
	return e, nil
}

// Settle answers an escalation at the centre. Errors: ErrRole, ErrOutcome, ErrNotFound, ErrState, ErrOwnAffair; those of
// [identity.PlainLines].
func (s *Service) Settle(ctx context.Context, m staff.Member, id, outcome string, answer identity.Secret) error {
	if err := serves(m); err != nil {
		return err
	}
	if !slices.Contains(EscalationOutcomes(), outcome) {
		return ErrOutcome
	}
	if err := identity.PlainLines(answer.Reveal(), MaxNote, maxNoteLines); err != nil {
		return err
	}
	a, err := s.act(m, id, KindSettled, outcome)
	if err != nil {
		return err
	}
	if err = s.Escalations.SettleEscalation(ctx, Escalation{ID: id, Outcome: outcome, Answer: answer, SettledBy: m.ID, SettledAt: a.Now}, a); err != nil {
		return fmt.Errorf("settling an escalation: %w", err)
	}
	return nil
}
