package window

import (
	"context"
	"fmt"
	"slices"

	"renzheng/staff"
)

// Opening is how a visit begins.
type Opening struct {
	ID         string // "vis_…", by which a repetition is known; "" = a new one
	FoundBy    FoundBy
	FoundID    string
	RegistryID string // optional, as CaseID
	CaseID     string
	NumberID   string // queue number that the member has called and whose person they serve; "" = none
}

// Open begins a visit at the member's office. Errors: ErrRole, ErrNotFound if the case does not exist,
// *LimitError, [staff.ErrRepeated].
func (s *Service) Open(ctx context.Context, m staff.Member, o Opening) (Visit, error) {
	if err := serves(m); err != nil {
		return Visit{}, err
	}
	if o.CaseID == "" {
		o.RegistryID = "" // nothing would have compared it
	}
	id, err := s.chosenID(o.ID, "vis_")
	if err != nil {
		return Visit{}, err
	}
	a, err := s.act(m, id, KindOpened, string(o.FoundBy))
	if err != nil {
		return Visit{}, err
	}
	l, err := s.lookup(Act{Member: m}) // of the case
	if err != nil {
		return Visit{}, err
	}
	l.Act = a
	v, err := s.Visits.OpenVisit(ctx, Visit{
		ID: id, Office: m.Office, State: Open, FoundBy: o.FoundBy, FoundID: o.FoundID, RegistryID: o.RegistryID, CaseID: o.CaseID, NumberID: o.NumberID,
		OpenedBy: m.ID, OpenedAt: a.Now, ExpiresAt: a.Now.Add(Life),
	}, l)
	if err != nil {
		return Visit{}, fmt.Errorf("opening a visit: %w", err)
	}
	return v, nil
}

// Visit returns a visit of the member's office. Errors: ErrRole, ErrNotFound.
func (s *Service) Visit(ctx context.Context, m staff.Member, id string) (Visit, error) {
	if err := atWindow(m); err != nil {
		return Visit{}, err
	}
	v, err := s.Visits.Visit(ctx, m.Office, id)
	if err != nil {
		return Visit{}, fmt.Errorf("reading a visit: %w", err)
	}
	return v.At(s.now()), nil
}

// Answers returns the answers that were given in a visit of the member's office, oldest first. Errors: ErrRole.
func (s *Service) Answers(ctx context.Context, m staff.Member, visitID string) ([]Answer, error) {
	if err := atWindow(m); err != nil {
		return nil, err
	}
	found, err := s.Visits.VisitAnswers(ctx, m.Office, visitID)
	if err != nil {
		return nil, fmt.Errorf("reading the answers of a visit: %w", err)
	}
	return found, nil
}

const maxVisits = 200

// ListVisits returns the visits of the member's office that have not ended, oldest first. Errors: ErrRole.
func (s *Service) ListVisits(ctx context.Context, m staff.Member) ([]Visit, error) {
	if err := atWindow(m); err != nil {
		return nil, err
	}
	found, err := s.Visits.Visits(ctx, m.Office, s.now(), maxVisits)
	if err != nil {
		return nil, fmt.Errorf("listing visits: %w", err)
	}
	return found, nil
}

// Decide approves what another member verified, or returns it to them. The member must have looked at the evidence, which must
// be the present one. A return has a reason, which its entry of the ledger has. Errors: ErrRole, ErrReason, ErrNotFound, ErrState, ErrSamePerson, ErrOwnAffair, ErrChanged, ErrNotShown, ErrPhoto.
func (s *Service) Decide(ctx context.Context, m staff.Member, visitID string, decision Decision) (Visit, error) {
	if m.Office == "" || !m.Has(staff.Supervisor) {
		return Visit{}, ErrRole
	}
	kind := KindReturned
	switch {
	case decision.Approve:
		kind, decision.Reason = KindApproved, ""
	case !slices.Contains(ReturnReasons(), decision.Reason):
		return Visit{}, ErrReason
	}
	a, err := s.act(m, visitID, kind, decision.Reason)
	if err != nil {
		return Visit{}, err
	}
	v, err := s.Visits.DecideVisit(ctx, DecisionAct{a, decision, s.Photos})
	if err != nil {
		return Visit{}, fmt.Errorf("deciding a visit: %w", err)
	}
	return v, nil
}

// End ends a visit. Errors: ErrRole, ErrOutcome, ErrNotFound, ErrState.
func (s *Service) End(ctx context.Context, m staff.Member, visitID, outcome string) (Visit, error) {
	if err := serves(m); err != nil {
		return Visit{}, err
	}
	if !slices.Contains(Outcomes(), outcome) {
		return Visit{}, ErrOutcome
	}
	a, err := s.act(m, visitID, KindEnded, outcome)
	if err != nil {
		return Visit{}, err
	}
	v, err := s.Visits.EndVisit(ctx, a, outcome)
	if err != nil {
		return Visit{}, fmt.Errorf("ending a visit: %w", err)
	}
	return v, nil
}

// Todos returns what the case asks of the person of a verified visit, to be read out. The person sees that it was shown.
// Errors: ErrRole, ErrNotFound, ErrState, ErrOwnAffair.
func (s *Service) Todos(ctx context.Context, m staff.Member, visitID string) ([]VisitTodo, error) {
	if err := serves(m); err != nil {
		return nil, err
	}
	asked, err := s.Visits.VisitTodos(ctx, Act{VisitID: visitID, Member: m, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("reading what is asked: %w", err)
	}
	return asked, nil
}

// Evidence returns what was seen of the document, for the member who approves. The person sees that it was shown.
// Errors: ErrRole, ErrNotFound, ErrState, ErrOwnAffair.
func (s *Service) Evidence(ctx context.Context, m staff.Member, visitID string) (Evidence, error) {
	if m.Office == "" || !m.Has(staff.Supervisor) {
		return Evidence{}, ErrRole
	}
	e, err := s.Visits.VisitEvidence(ctx, Act{VisitID: visitID, Member: m, Now: s.now()})
	if err != nil {
		return Evidence{}, fmt.Errorf("reading what was seen: %w", err)
	}
	return e, nil
}

// DisputedEvidence returns what was seen of the document of a visit that was approved or has ended, for a supervisor of the office
// who answers a dispute about it. The person sees that it was shown. Errors: ErrRole, ErrNotFound, ErrState if no document was
// seen or it is not decided yet, ErrOwnAffair.
func (s *Service) DisputedEvidence(ctx context.Context, m staff.Member, visitID string) (Evidence, error) {
	if m.Office == "" || !m.Has(staff.Supervisor) {
		return Evidence{}, ErrRole
	}
	e, err := s.Visits.DisputedEvidence(ctx, Act{VisitID: visitID, Member: m, Now: s.now()})
	if err != nil {
		return Evidence{}, fmt.Errorf("reading what was seen for a dispute: %w", err)
	}
	return e, nil
}
