package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/random"
	"renzheng/tracing"
)

// OwnerCheckLife is how long an owner check can be used. The code that the channel's
// mini-program returns is valid as long.
const OwnerCheckLife = 10 * time.Minute

// OwnerCheck is a check of the account's owner that a session has begun.
type OwnerCheck struct {
	ID    string // "own_…"; can be used once
	Call  OwnerCall
	Until time.Time
}

// ChecksOwner reports whether a channel offers owner checks.
func (s *Service) ChecksOwner(channel identity.Channel) bool {
	_, ok := s.deps.Owners[channel]
	return ok
}

// BeginOwnerCheck returns the data with which the client opens the channel's
// mini-program. It replaces an earlier check of the session.
//
// Errors: ErrChannelOff if the channel has no such check, ErrNotFound, ErrUnavailable.
func (s *Service) BeginOwnerCheck(ctx context.Context, session Session) (_ OwnerCheck, err error) {
	ctx, span := tracing.Start(ctx, "session BeginOwnerCheck")
	defer func() { span.End(err) }()
	checker, ok := s.deps.Owners[session.Account.Channel]
	if !ok {
		return OwnerCheck{}, ErrChannelOff
	}
	user, err := s.deps.Sessions.ChannelUser(ctx, session.Account.ID)
	if err != nil {
		return OwnerCheck{}, fmt.Errorf("reading the session's account: %w", err)
	}
	call, err := checker.OwnerCall(user)
	if err != nil {
		return OwnerCheck{}, fmt.Errorf("preparing an owner check: %w", err)
	}
	id, err := random.ShortID(s.deps.Rand, "own_")
	if err != nil {
		return OwnerCheck{}, err
	}
	now := s.now()
	check := OwnerCheck{ID: id, Call: call, Until: now.Add(OwnerCheckLife)}
	if err := s.deps.OwnerChecks.BeginOwnerCheck(ctx, session.ID, id, check.Until, now); err != nil {
		return OwnerCheck{}, fmt.Errorf("beginning an owner check: %w", err)
	}
	return check, nil
}

// OwnerAnswer is what the person typed and brought back from the channel's
// mini-program. Personal.
type OwnerAnswer struct {
	CheckID   string
	ConsentID string // the session's consent, which must be live when the check is used
	Code      string // secret
	Document  identity.Document
}

// CheckOwner asks the channel whether the typed document is that of the account's
// owner. A document that matches becomes the prefill of the session, as the channel's
// own record. One that differs cannot be verified in this session until that prefill
// expires or the result of a later check replaces it (R7). If the channel does not know the owner, nothing changes.
//
// Errors: ErrChannelOff, ErrNotFound if the check is not the session's, too old or
// used, or the consent was withdrawn, ErrTooMany, ErrCodeInvalid, ErrUnavailable. The try is used even if the channel returns an
// error, because it may have answered.
func (s *Service) CheckOwner(ctx context.Context, session Session, a OwnerAnswer) (_ OwnerVerdict, err error) {
	ctx, span := tracing.Start(ctx, "session CheckOwner")
	defer func() { span.End(err) }()
	checker, ok := s.deps.Owners[session.Account.Channel]
	if !ok {
		return "", ErrChannelOff
	}
	now := s.now()
	if birth, ok := a.Document.BirthDate(); ok && identity.AgeAt(birth, now) < identity.FullAge {
		return OwnerUnknown, nil // R9: nothing about a minor is sent
	}
	user, err := s.deps.Sessions.ChannelUser(ctx, session.Account.ID)
	if err != nil {
		return "", fmt.Errorf("reading the session's account: %w", err)
	}
	if err = s.deps.OwnerChecks.TakeOwnerCheck(ctx, session, a.CheckID, a.ConsentID, now); err != nil {
		return "", fmt.Errorf("using an owner check: %w", err)
	}
	differs, err := s.knownToDiffer(ctx, session, a.Document)
	if err != nil {
		return "", err
	}
	if differs {
		return OwnerDiffers, nil
	}
	verdict, err := checker.CheckOwner(ctx, OwnerQuery{User: user, Code: a.Code, Document: a.Document})
	if err != nil {
		return "", fmt.Errorf("checking an account's owner: %w", err)
	}
	if verdict == OwnerUnknown {
		return verdict, nil
	}
	return verdict, s.keepOwner(ctx, session, a.Document, verdict)
}

// knownToDiffer reports whether an earlier answer of the channel rules out the document:
// it is the one that differed, or not the one that matched.
func (s *Service) knownToDiffer(ctx context.Context, session Session, d identity.Document) (bool, error) {
	earlier, err := s.deps.Prefills.Prefill(ctx, session.ID, s.now())
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading the prefill: %w", err)
	}
	return !earlier.Remembered && earlier.Document.Same(d) == earlier.Differs, nil
}

func (s *Service) keepOwner(ctx context.Context, session Session, d identity.Document, verdict OwnerVerdict) error {
	err := s.deps.Prefills.PutPrefill(ctx, Prefill{
		SessionID: session.ID, AccountID: session.Account.ID, Document: d, Until: s.now().Add(PrefillLife),
		Differs: verdict == OwnerDiffers,
	})
	if err != nil {
		return fmt.Errorf("storing the result of an owner check: %w", err)
	}
	return nil
}
