package verification

import (
	"context"
	"slices"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// OptionalNotices returns the notices of a channel that no check needs: at most one of
// kind remember and one of kind owner_check. What has no notice is not offered.
func (s *Service) OptionalNotices(channel, language string) []notice.Notice {
	return s.optional(channel, language, notice.Remember, notice.OwnerCheck)
}

// RegistrationNotices returns the agreement that people accept who register: one notice, or none if nobody can register.
func (s *Service) RegistrationNotices(language string) []notice.Notice {
	return s.optional(string(identity.Web), language, notice.Registration)
}

func (s *Service) optional(channel, language string, kinds ...notice.Kind) []notice.Notice {
	route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: channel}
	return s.Notices().For(route, kinds, language)
}

// Remember records that the person accepted the notice as it was shown, and stores the
// document of the actor's grant for the account. It replaces an earlier document, expires
// after RememberFor, and is deleted when the consent is withdrawn. It proves nothing:
// every check is still required.
//
// Errors: ErrNoGrant, ErrNoticeStale, *ExhaustedError.
func (s *Service) Remember(ctx context.Context, a Actor, ref notice.Ref) (_ Consent, err error) {
	ctx, span := tracing.Start(ctx, "verification Remember")
	defer func() { span.End(err) }()
	if a.GrantID == "" {
		return Consent{}, ErrNoGrant
	}
	shown, ok := s.Notices().InForce(ref)
	offered := slices.ContainsFunc(s.optional(a.Channel, shown.Language, notice.Remember), func(n notice.Notice) bool { return n.ID == shown.ID })
	if !ok || !offered {
		return Consent{}, ErrNoticeStale
	}
	id, err := s.newID("con_")
	if err != nil {
		return Consent{}, err
	}
	c := Consent{
		ID: id, AccountID: a.AccountID, SessionID: a.SessionID, SubjectID: a.GrantSubjectID, Kind: shown.Kind,
		NoticeID: shown.ID, Version: shown.Version, NoticeHash: shown.Hash, AcceptedAt: s.now(),
	}
	if err = s.deps.Store.Remember(ctx, c, a.GrantID, consentsQuota(s.Limits(), a.AccountID)); err != nil {
		return Consent{}, wrap("remembering a document", s.countRejection(err))
	}
	return c, nil
}

// ForgetUnoffered deletes the remembered documents of channels whose notice of kind
// remember was removed: their persons can neither see nor use them any more. It returns
// their number; if that is not zero, there may be more.
func (s *Service) ForgetUnoffered(ctx context.Context) (int, error) {
	var offered []string
	for _, channel := range policy.Channels() {
		if s.Notices().Remembering(identity.Channel(channel)) {
			offered = append(offered, channel)
		}
	}
	gone, err := s.deps.Store.ForgetUnoffered(ctx, offered, s.now(), batch)
	return gone, wrap("forgetting documents that are not offered", err)
}
