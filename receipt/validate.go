package receipt

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// ErrStatement says that a statement contradicts itself or its shape. Each problem names the member, never its value.
var ErrStatement = errors.New("not a valid statement")

const (
	maxRevision = 1<<53 - 1 // the largest integer that every JSON reader keeps
	maxEntries  = 16        // checks, consents; far above what a policy asks for
	faceKind    = "face"
)

// rule is something that must hold, and the words for when it does not.
type rule struct {
	holds bool
	words string
}

// Validate reports everything that is wrong with the statement together.
//
// Errors: [ErrStatement].
func (s Statement) Validate() error {
	rules := slices.Concat(s.heading(), s.times(), s.commitments(), s.decision(), s.entries())
	var problems []error
	for _, r := range rules {
		if !r.holds {
			problems = append(problems, errors.New(r.words))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrStatement, errors.Join(problems...))
}

func (s Statement) heading() []rule {
	return []rule{
		{s.Version == Version, "version is not 1"},
		{isVisible(s.Issuer) && len(s.Issuer) <= 256, "issuer is not visible ASCII"},
		{s.Environment == Production || s.Environment == Sandbox, "environment is unknown"},
		{isToken(s.ConfirmationID), "confirmation_id is not an id"},
		{isToken(s.RegistryID), "registry_id is not an id"},
		{isToken(s.TodoID), "todo_id is not an id"},
		{s.Revision >= 1 && s.Revision <= maxRevision, "revision is out of range"},
		{s.RoleCode == "" || isToken(s.RoleCode), "role_code is not a code"},
	}
}

func (s Statement) times() []rule {
	return []rule{
		{isTime(s.IssuedAt), "issued_at is not a time in UTC"},
		{isTime(s.AnsweredAt) && !s.AnsweredAt.After(s.IssuedAt), "answered_at is not a time in UTC up to issued_at"},
		{s.ContentShownAt.IsZero() || isTime(s.ContentShownAt), "content_shown_at is not in UTC"},
		{s.FacePassedAt.IsZero() || isTime(s.FacePassedAt), "face_passed_at is not in UTC"},
	}
}

func (s Statement) commitments() []rule {
	return []rule{
		{s.ContentDigest.isDigest(), "content_digest is not a commitment"},
		{s.Signer.isDigest(), "signer is not a commitment"},
		{s.Case.isDigest(), "case is not a commitment"},
		{s.Portrait == None || s.Portrait.isDigest(), "portrait is neither a commitment nor none"},
		{s.Handwriting == None || s.Handwriting.isDigest(), "handwriting is neither a commitment nor none"},
		{s.Scan == "" || s.Scan.isDigest() && s.StatementBy == Authority, "scan is not a commitment of the authority"},
	}
}

// decision holds each kind of answer to what it must and must not have.
func (s Statement) decision() []rule {
	switch s.Decision {
	case Confirmed:
		return []rule{
			{s.Window == nil, "window does not belong to an answer of the person"},
			{s.StatementBy == Person, "statement_by is not the person who confirms"},
			{s.Reason == "", "reason belongs to an answer that declines"},
			{!s.ContentShownAt.IsZero(), "content_shown_at is missing"},
			{!s.FacePassedAt.IsZero(), "face_passed_at is missing"},
			{s.Handwriting.isDigest(), "handwriting is missing"},
			{s.Verification.hasFace(), "verification is missing, or has no face"},
			{s.Access.hasFace(), "access is missing, or has no face"},
			{len(s.Consents) > 0, "consents are missing"},
		}
	case Declined:
		if s.StatementBy == Authority {
			return append(s.atWindow(), rule{isToken(s.Reason), "reason is not a code"})
		}
		return []rule{
			{s.Window == nil, "window does not belong to an answer of the person"},
			{s.StatementBy == Person, "statement_by is not the person who declines"},
			{isToken(s.Reason), "reason is not a code"},
			{!s.ContentShownAt.IsZero(), "content_shown_at is missing"},
			{s.Handwriting == None, "handwriting does not belong to an answer that declines"},
			{s.Verification == nil, "verification does not belong to an answer that declines"},
			{s.Access.hasFace(), "access is missing, or has no face"},
		}
	case DoneAtWindow:
		noReason := rule{s.Reason == "", "reason belongs to an answer that declines"}
		if s.StatementBy == Authority {
			return append(s.atWindow(), noReason)
		}
		return append(s.withoutPerson(), noReason,
			rule{s.StatementBy == Registry, "statement_by is not the registry or the authority"},
			rule{s.Window == nil, "window does not belong to a statement of the registry"})
	default:
		return []rule{{false, "decision is unknown"}}
	}
}

// atWindow holds for what the authority states of an answer at its window.
func (s Statement) atWindow() []rule {
	w := s.Window
	if w == nil {
		return []rule{{false, "window is missing"}}
	}
	return append(s.withoutChecks(),
		rule{isToken(w.Office) && isToken(w.VisitID) && isToken(w.LedgerEntry) && isToken(w.Manner), "window is out of shape"},
		rule{s.Handwriting.isDigest() == (w.Manner == SignedPad), "handwriting and window/manner contradict each other"},
		rule{s.Scan == "" || w.Manner == SignedPaper, "scan belongs to a signed paper"},
		rule{!s.ContentShownAt.IsZero(), "content_shown_at is missing"})
}

// withoutPerson holds for what a registry states of a person's answer.
func (s Statement) withoutPerson() []rule {
	return append(s.withoutChecks(), rule{s.Handwriting == None, "handwriting does not belong to a statement of the registry"})
}

// withoutChecks holds for what somebody else states of a person's answer.
func (s Statement) withoutChecks() []rule {
	return []rule{
		{s.FacePassedAt.IsZero() && s.Verification == nil, "verification does not belong to the window"},
		{s.Access == nil, "access does not belong to the window"},
		{s.Portrait == None, "portrait does not belong to the window"},
	}
}

func (s Statement) entries() []rule {
	rules := []rule{{len(s.Consents) <= maxEntries, "consents are too many"}}
	for i, c := range s.Consents {
		holds := isToken(c.Kind) && isDigestToken(c.NoticeHash) && isTime(c.AcceptedAt)
		rules = append(rules, rule{holds, "consents/" + strconv.Itoa(i) + " is out of shape"})
	}
	if s.Access != nil {
		accepted := rule{isTime(s.Access.AcceptedAt), "access/accepted_at is not in UTC"}
		rules = append(rules, append(s.Access.rules("access"), accepted)...)
	}
	if s.Verification != nil {
		rules = append(rules, s.Verification.rules("verification")...)
	}
	return rules
}

// rules returns the rules for a verification that is the named member.
func (v *Verification) rules(member string) []rule {
	rules := []rule{
		{isToken(v.ID), member + "/id is not an id"},
		{isDigestToken(v.PolicyDigest), member + "/policy_digest is not a digest"},
		{len(v.Checks) >= 1 && len(v.Checks) <= maxEntries, member + "/checks are none or too many"},
	}
	for i, c := range v.Checks {
		rules = append(rules, rule{c.fits(), member + "/checks/" + strconv.Itoa(i) + " is out of shape"})
	}
	return rules
}

func (v *Verification) hasFace() bool {
	return v != nil && slices.ContainsFunc(v.Checks, func(c Check) bool { return c.Kind == faceKind })
}

func (a *Access) hasFace() bool { return a != nil && a.Verification.hasFace() }

func (c Check) fits() bool {
	return isToken(c.Kind) && isToken(c.Provider) && isToken(c.Level) && isToken(c.AttemptID) &&
		isTime(c.PassedAt) && (c.CountedFrom == "" || isToken(c.CountedFrom))
}

func isTime(t time.Time) bool {
	_, offset := t.Zone()
	return offset == 0 && t.Year() >= 2020 && t.Year() <= 9999 // RFC 3339 has four digits; nothing was sealed before
}
