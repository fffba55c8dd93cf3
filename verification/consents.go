package verification

import (
	"cmp"
	"context"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// NoticesFor returns the notices of a flow in the order in which to show them: rules,
// face, and, if the flow has them, bank card, document and handover. For an unknown
// language it returns them in the default one.
func (s *Service) NoticesFor(q notice.Query) []notice.Notice {
	route := policy.Route{
		Purpose:  cmp.Or(q.Purpose, policy.Access).Route(),
		Document: cmp.Or(q.DocumentType, identity.ResidentID),
		Channel:  cmp.Or(q.Channel, policy.Channels()[0]),
	}
	var checks []policy.CheckKind
	steps, _ := s.Policy().Steps(route)
	for _, step := range steps {
		checks = append(checks, step.Check)
	}
	if len(checks) == 0 {
		checks = []policy.CheckKind{policy.Face} // every policy requires it
	}
	kinds := notice.Required(route.Purpose, checks...)
	return s.Notices().For(route, kinds, q.Language)
}

// InLanguage returns the same notices in another language, if they have it.
func (s *Service) InLanguage(notices []notice.Notice, language string) []notice.Notice {
	out, inForce := make([]notice.Notice, len(notices)), s.Notices()
	for i, n := range notices {
		out[i] = inForce.Translate(n, language)
	}
	return out
}

// ListConsents returns the account's live consents.
func (s *Service) ListConsents(ctx context.Context, a Actor) ([]Consent, error) {
	consents, err := s.deps.Store.Consents(ctx, a.AccountID, s.now())
	return consents, wrap("listing consents", err)
}

// AcceptNotices records that the person accepted the notices as they were shown, each
// on its own (R34). It returns ErrNoticeStale and records nothing if one of them is
// not in force. *ExhaustedError if there are too many in a day.
func (s *Service) AcceptNotices(ctx context.Context, a Actor, refs []notice.Ref) (_ []Consent, err error) {
	ctx, span := tracing.Start(ctx, "verification AcceptNotices")
	defer func() { span.End(err) }()
	accepted := make([]Consent, 0, len(refs))
	now, notices := s.now(), s.Notices()
	for _, ref := range refs {
		shown, ok := notices.InForce(ref)
		if !ok || shown.Kind == notice.Remember || shown.Kind == notice.DocumentPhoto || shown.Kind == notice.Registration {
			// They need a grant, an appeal or a code: see Remember, AgreeToPhotos and package subscriber.
			return nil, ErrNoticeStale
		}
		id, err := s.newID("con_")
		if err != nil {
			return nil, err
		}
		accepted = append(accepted, Consent{
			ID: id, AccountID: a.AccountID, SessionID: a.SessionID, Kind: shown.Kind,
			NoticeID: shown.ID, Version: shown.Version, NoticeHash: shown.Hash, AcceptedAt: now,
		})
	}
	for i, c := range accepted {
		recorded, err := s.deps.Store.InsertConsent(ctx, c, consentsQuota(s.Limits(), a.AccountID))
		if err != nil {
			return nil, wrap("recording a consent", s.countRejection(err))
		}
		accepted[i] = recorded
	}
	return accepted, nil
}

// WithdrawConsent ends a consent of the account, its open verifications and its
// grants. Earlier confirmations stay valid. ErrNotFound.
func (s *Service) WithdrawConsent(ctx context.Context, a Actor, id string) (_ Withdrawn, err error) {
	ctx, span := tracing.Start(ctx, "verification WithdrawConsent")
	defer func() { span.End(err) }()
	ended, err := s.deps.Store.WithdrawConsent(ctx, a.AccountID, id, s.now())
	return ended, wrap("withdrawing a consent", err)
}

// requiredConsents returns the consents that a try of a check needs. *ConsentError
// lists those that are missing.
func (s *Service) requiredConsents(ctx context.Context, v Verification, kind policy.CheckKind) ([]ConsentNeed, error) {
	now := s.now()
	live, err := s.deps.Store.Consents(ctx, v.AccountID, now)
	if err != nil {
		return nil, wrap("reading consents", err)
	}
	live = slices.DeleteFunc(live, func(c Consent) bool { return !c.isFor(v) })
	notices := s.Notices()
	needs, missing := match(notices, requiredNotices(notices, v, kind), live, now.Add(-ConsentLife))
	if len(missing) > 0 {
		return nil, &ConsentError{Missing: missing}
	}
	return needs, nil
}

// requiredNotices returns the notices whose acceptance a check of v needs.
func requiredNotices(n *notice.Set, v Verification, kind policy.CheckKind) []notice.Notice {
	return n.For(routeOf(v), notice.Required(v.Purpose, kind), identity.DefaultLanguage)
}

// match returns, for each notice, the live consent that covers it: to the same
// version, in any of its languages, accepted at since or later.
func match(n *notice.Set, required []notice.Notice, live []Consent, since time.Time) (needs []ConsentNeed, missing []notice.Notice) {
	for _, shown := range required {
		i := slices.IndexFunc(live, func(c Consent) bool {
			return c.Kind == shown.Kind && sameNotice(n, shown, c) && !c.AcceptedAt.Before(since)
		})
		if i < 0 {
			missing = append(missing, shown)
			continue
		}
		needs = append(needs, ConsentNeed{Kind: shown.Kind, NoticeHash: live[i].NoticeHash, Since: since})
	}
	return needs, missing
}

func sameNotice(n *notice.Set, shown notice.Notice, c Consent) bool {
	accepted, ok := n.InForce(notice.Ref{ID: c.NoticeID, Version: c.Version, Hash: c.NoticeHash})
	return ok && accepted.ID == shown.ID
}

// isFor reports whether a verification may use the consent. An account may have
// sessions of several persons at once. So a consent that is not attached yet is only
// for the session that accepted it; an attached one is for its subject, in every
// session of the account.
func (c Consent) isFor(v Verification) bool {
	if c.SubjectID == "" {
		return c.SessionID == v.SessionID
	}
	return c.SubjectID == v.SubjectID
}
