package verification

import (
	"context"
	"slices"

	"renzheng/identity"
	"renzheng/verification/notice"
)

// OwnerCheckConsent returns the consent by which the document that the actor's person
// typed may be given to the channel for an owner check (PIPL art. 23): a live one of this
// session, which no face has attached to a subject yet. *ConsentError lists the notice
// if it is missing.
func (s *Service) OwnerCheckConsent(ctx context.Context, a Actor) (Consent, error) {
	live, err := s.deps.Store.Consents(ctx, a.AccountID, s.now())
	if err != nil {
		return Consent{}, wrap("reading consents", err)
	}
	i := slices.IndexFunc(live, func(c Consent) bool {
		_, inForce := s.Notices().InForce(notice.Ref{ID: c.NoticeID, Version: c.Version, Hash: c.NoticeHash})
		return c.Kind == notice.OwnerCheck && c.SessionID == a.SessionID && c.SubjectID == "" && inForce
	})
	if i < 0 {
		return Consent{}, &ConsentError{Missing: s.optional(a.Channel, identity.DefaultLanguage, notice.OwnerCheck)}
	}
	return live[i], nil
}
