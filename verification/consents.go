package verification

import (
	"cmp"
	"context"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// NoticesFor returns the notices of a flow in the order to show them: rules,
// face, and where the flow has them bank card, document and hand-over. An unknown language
// gives the default one.
func (s *Service) NoticesFor(q NoticeQuery) []Notice {
	route := policy.Route{
		Purpose:  cmp.Or(q.Purpose, policy.Access),
		Document: cmp.Or(q.DocumentType, identity.ResidentID),
		Channel:  cmp.Or(q.Channel, policy.Channels()[0]),
	}
	kinds := []ConsentKind{ConsentRules, ConsentFace}
	if s.deps.Policy.Asks(route, policy.BankCard) {
		kinds = append(kinds, ConsentBankCard)
	}
	if s.deps.Policy.Asks(route, policy.FourElements) || s.deps.Policy.Asks(route, policy.DocumentCheck) {
		kinds = append(kinds, ConsentDocument)
	}
	if route.Purpose == policy.Confirm {
		kinds = append(kinds, ConsentHandover)
	}
	return s.deps.Notices.For(route, kinds, q.Language)
}

// InLanguage gives the same notices in another language, where there is one.
func (s *Service) InLanguage(notices []Notice, language string) []Notice {
	out := make([]Notice, len(notices))
	for i, n := range notices {
		out[i] = s.deps.Notices.translate(n, language)
	}
	return out
}

// ListConsents returns the account's live consents.
func (s *Service) ListConsents(ctx context.Context, a Actor) ([]Consent, error) {
	found, err := s.deps.Consents.Consents(ctx, a.AccountID, s.now())
	return found, wrap("listing consents", err)
}

// AcceptNotices records that the person accepted the notices as they were
// shown, each on its own (R34). ErrNoticeStale when one of them is not in
// force; none is recorded then. *ExhaustedError for too many in a day.
func (s *Service) AcceptNotices(ctx context.Context, a Actor, refs []NoticeRef) ([]Consent, error) {
	accepted := make([]Consent, 0, len(refs))
	now := s.now()
	for _, ref := range refs {
		notice, known := s.deps.Notices.inForce(ref)
		if !known {
			return nil, ErrNoticeStale
		}
		id, err := s.newID("con_")
		if err != nil {
			return nil, err
		}
		accepted = append(accepted, Consent{
			ID: id, AccountID: a.AccountID, SessionID: a.SessionID, Kind: notice.Kind,
			NoticeID: notice.ID, Version: notice.Version, NoticeHash: notice.Hash, AcceptedAt: now,
		})
	}
	for i, c := range accepted {
		kept, err := s.deps.Consents.InsertConsent(ctx, c, consentsBudget(s.deps.Limits, a.AccountID))
		if err != nil {
			return nil, wrap("recording a consent", err)
		}
		accepted[i] = kept
	}
	return accepted, nil
}

// WithdrawConsent ends a consent of the account, its open verifications and its
// grants. Confirmations that were given stay. ErrNotFound.
func (s *Service) WithdrawConsent(ctx context.Context, a Actor, id string) (Withdrawn, error) {
	ended, err := s.deps.Consents.WithdrawConsent(ctx, a.AccountID, id, s.now())
	return ended, wrap("withdrawing a consent", err)
}

// needed returns the consents that a try of a check rests on. *ConsentError
// lists what is missing.
func (s *Service) needed(ctx context.Context, v Verification, kind policy.CheckKind) ([]ConsentNeed, error) {
	now := s.now()
	live, err := s.deps.Consents.Consents(ctx, v.AccountID, now)
	if err != nil {
		return nil, wrap("reading consents", err)
	}
	live = slices.DeleteFunc(live, func(c Consent) bool { return !c.isFor(v) })
	needs, missing := match(s.deps.Notices, demanded(s.deps.Notices, v, kind), live, now.Add(-ConsentLife))
	if len(missing) > 0 {
		return nil, &ConsentError{Missing: missing}
	}
	return needs, nil
}

// demandedKinds lists the consents that a check needs. A confirmation's face is
// taken for the registry, so that the hand-over is asked for before it.
func demandedKinds(purpose policy.Purpose, kind policy.CheckKind) []ConsentKind {
	switch {
	case kind == policy.BankCard:
		return []ConsentKind{ConsentRules, ConsentBankCard}
	case kind == policy.FourElements || kind == policy.DocumentCheck:
		return []ConsentKind{ConsentRules, ConsentDocument}
	case purpose == policy.Confirm:
		return []ConsentKind{ConsentRules, ConsentFace, ConsentHandover}
	}
	return []ConsentKind{ConsentRules, ConsentFace}
}

// demanded returns the notices whose acceptance a check of v needs.
func demanded(n *Notices, v Verification, kind policy.CheckKind) []Notice {
	return n.For(routeOf(v), demandedKinds(v.Purpose, kind), identity.DefaultLanguage)
}

// match finds for each notice the live consent that covers it: to the same
// version, in any of its languages, accepted at since or after.
func match(n *Notices, demanded []Notice, live []Consent, since time.Time) (needs []ConsentNeed, missing []Notice) {
	for _, notice := range demanded {
		i := slices.IndexFunc(live, func(c Consent) bool {
			return c.Kind == notice.Kind && sameNotice(n, notice, c) && !c.AcceptedAt.Before(since)
		})
		if i < 0 {
			missing = append(missing, notice)
			continue
		}
		needs = append(needs, ConsentNeed{Kind: notice.Kind, NoticeHash: live[i].NoticeHash, Since: since})
	}
	return needs, missing
}

func sameNotice(n *Notices, notice Notice, c Consent) bool {
	accepted, known := n.inForce(NoticeRef{ID: c.NoticeID, Version: c.Version, Hash: c.NoticeHash})
	return known && accepted.ID == notice.ID
}
