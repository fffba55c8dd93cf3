package subscriber

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"renzheng/identity"
	"renzheng/random"
)

// The app and the kind of a subscriber's account in the web channel.
const (
	appID    = "renzheng"
	userKind = "subscriber_id"
)

// User returns the channel's user of a subscriber.
func User(id string) identity.ChannelUser { return identity.NewChannelUser(appID, userKind, id) }

// Agreement identifies the text that a person accepted, as it was shown.
type Agreement struct {
	ID      string
	Version string
	Hash    string
}

// Registration is what a person registers with.
type Registration struct {
	CodeID    string
	Code      identity.Secret
	Phone     identity.Phone
	Nickname  identity.Secret // see ReadNickname
	Agreement Agreement
}

// Register registers a person, whose code proves that they hold the phone, and returns the user of the new account.
// Name and number come later, by a verification.
//
// Errors: ErrAgreement, before anything is used up; *WrongCodeError, ErrCodeGone; ErrRegistered, which only the holder of
// the phone learns.
func (s *Service) Register(ctx context.Context, r Registration) (identity.ChannelUser, error) {
	if !s.deps.InForce(r.Agreement) {
		return identity.ChannelUser{}, ErrAgreement
	}
	id, err := random.ID(s.deps.Rand, "sbr_")
	if err != nil {
		return identity.ChannelUser{}, err
	}
	use := CodeUse{ID: r.CodeID, Purpose: ToRegister, Phone: r.Phone, Code: r.Code}
	n := NewSubscriber{ID: id, Phone: r.Phone, Nickname: r.Nickname, Agreement: r.Agreement, Now: s.now()}
	if err = s.deps.Subscribers.Register(ctx, use, n); err != nil {
		return identity.ChannelUser{}, fmt.Errorf("registering a subscriber: %w", err)
	}
	return User(id), nil
}

// SignIn returns the user of a subscriber, whose code proves that they hold the phone. Errors: *WrongCodeError, ErrCodeGone;
// ErrNotRegistered, which only the holder of the phone learns.
func (s *Service) SignIn(ctx context.Context, codeID string, phone identity.Phone, code identity.Secret) (identity.ChannelUser, error) {
	user, err := s.deps.Subscribers.SignIn(ctx, CodeUse{ID: codeID, Purpose: ToSignIn, Phone: phone, Code: code}, s.now())
	if err != nil {
		return identity.ChannelUser{}, fmt.Errorf("signing a subscriber in: %w", err)
	}
	return user, nil
}

const longestNickname = 20 // characters

// ReadNickname reads a nickname: 1 to 20 characters, all of them visible. Errors: an [identity.FieldError] of FieldNickname.
func ReadNickname(raw string) (identity.Secret, error) {
	text := strings.TrimSpace(raw)
	rule := ""
	switch {
	case text == "":
		rule = identity.RuleTextEmpty
	case !utf8.ValidString(text):
		rule = identity.RuleTextUTF8
	case utf8.RuneCountInString(text) > longestNickname:
		rule = identity.RuleTextLength
	case strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) }):
		rule = identity.RuleTextCharacter
	}
	if rule != "" {
		return identity.Secret{}, identity.FieldError{Field: FieldNickname, Rule: rule}
	}
	return identity.NewSecret(text), nil
}

// FieldNickname is the field that a [identity.FieldError] of ReadNickname names.
const FieldNickname = "nickname"
