package verification

import (
	"context"
	"slices"

	"renzheng/tracing"
	"renzheng/verification/notice"
)

// PhotoNotice returns the notice about the reading of document photos. ok is false if this server does not read any.
func (s *Service) PhotoNotice(channel, language string) (n notice.Notice, ok bool) {
	offered := s.optional(channel, language, notice.DocumentPhoto)
	if len(offered) == 0 {
		return notice.Notice{}, false
	}
	return offered[0], true
}

// AgreeToPhotos records that the person accepted the notice about the reading of document photos as it was shown (PIPL art. 23,
// 29). The caller binds the consent to one appeal. Errors: ErrNoticeStale, *ExhaustedError.
func (s *Service) AgreeToPhotos(ctx context.Context, a Actor, ref notice.Ref) (_ Consent, err error) {
	ctx, span := tracing.Start(ctx, "verification AgreeToPhotos")
	defer func() { span.End(err) }()
	shown, ok := s.Notices().InForce(ref)
	offered := slices.ContainsFunc(s.optional(a.Channel, shown.Language, notice.DocumentPhoto), func(n notice.Notice) bool { return n.ID == shown.ID })
	if !ok || !offered {
		return Consent{}, ErrNoticeStale
	}
	id, err := s.newID("con_")
	if err != nil {
		return Consent{}, err
	}
	c, err := s.deps.Store.InsertConsent(ctx, Consent{
		ID: id, AccountID: a.AccountID, SessionID: a.SessionID, SubjectID: a.GrantSubjectID, Kind: shown.Kind,
		NoticeID: shown.ID, Version: shown.Version, NoticeHash: shown.Hash, AcceptedAt: s.now(),
	}, consentsQuota(s.Limits(), a.AccountID))
	return c, wrap("recording a consent", s.countRejection(err))
}

// PhotoConsentInForce reports whether a consent of the account to the reading of photos is live, and the notice that was accepted is
// still in force. Another notice may name other recipients.
func (s *Service) PhotoConsentInForce(ctx context.Context, accountID, id string) (bool, error) {
	live, err := s.deps.Store.Consents(ctx, accountID, s.now())
	if err != nil {
		return false, wrap("reading consents", err)
	}
	return slices.ContainsFunc(live, func(c Consent) bool {
		_, inForce := s.Notices().InForce(notice.Ref{ID: c.NoticeID, Version: c.Version, Hash: c.NoticeHash})
		return c.ID == id && c.Kind == notice.DocumentPhoto && inForce
	}), nil
}
