package bff_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
)

// What the sentinels of the leak test look like everywhere.
const (
	zhangNumber = "11010519491231002X"
	zhangName   = "张三丰"
	zhangCard   = "6222021234567890128"
	zhangPhone  = "13800138000"
)

var errFarEnd = errors.New("third party failed")

// thirdParties simulates all third parties.
type thirdParties struct {
	mu        sync.Mutex
	face      verification.FaceResult // what queries answer; the zero value passes
	faceFail  error
	startFail error
	card      verification.Decision // likewise
	cardFail  error
	codes     map[string]bool
	verify    func() error // replaces the answer of the registry's guard

	readings map[photo.Side]photo.Reading // what is read in photos; without one of a side the recognizer is away
	photos   []photo.Photo                // that were sent
	slow     func()                       // runs while another recognizer is asked first, which is away
	silent   bool                         // that one does not answer before it is given up
	givenUp  error                        // why it was given up, if it is silent
}

// away is a recognizer that is away.
type away struct{ *thirdParties }

// Recognize implements [photo.Recognizer].
func (f away) Recognize(ctx context.Context, _ photo.Photo) (photo.Reading, error) {
	f.mu.Lock()
	slow, silent := f.slow, f.silent
	f.mu.Unlock()
	if slow != nil {
		slow()
	}
	if silent {
		<-ctx.Done()
		f.script(func(f *thirdParties) { f.givenUp = ctx.Err() })
	}
	return photo.Reading{}, photo.ErrNotRead
}

// Recognize implements [photo.Recognizer].
func (f *thirdParties) Recognize(_ context.Context, p photo.Photo) (photo.Reading, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.photos = append(f.photos, p)
	r, ok := f.readings[p.Side]
	if !ok {
		return photo.Reading{}, photo.ErrNotRead
	}
	r.Side = p.Side
	return r, nil
}

// Authorize takes every code once, for the user whose name stands before the
// first hyphen.
func (f *thirdParties) Authorize(_ context.Context, code string) (identity.ChannelUser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch code {
	case "unavailable":
		return identity.ChannelUser{}, fmt.Errorf("exchanging: %w", session.ErrUnavailable)
	case "barred":
		return identity.ChannelUser{}, fmt.Errorf("exchanging: %w", session.ErrAccountBarred)
	}
	if f.codes == nil {
		f.codes = map[string]bool{}
	}
	if f.codes[code] {
		return identity.ChannelUser{}, fmt.Errorf("exchanging: %w", session.ErrCodeInvalid)
	}
	f.codes[code] = true
	user, _, _ := strings.Cut(code, "-")
	return identity.NewChannelUser("app", "open_id", user), nil
}

// OwnerCall leads to a mini-program that the tests do not play.
func (*thirdParties) OwnerCall(u identity.ChannelUser) (session.OwnerCall, error) {
	return session.OwnerCall{AppID: "wx88736d7d39e2eda6", Path: "pages/oauth/authindex", Data: map[string]string{"openid": u.Reveal()}}, nil
}

// CheckOwner takes a code that begins with the verdict.
func (*thirdParties) CheckOwner(_ context.Context, q session.OwnerQuery) (session.OwnerVerdict, error) {
	verdict, _, _ := strings.Cut(q.Code, "-")
	switch v := session.OwnerVerdict(verdict); v {
	case session.OwnerMatches, session.OwnerDiffers, session.OwnerUnknown:
		return v, nil
	}
	return "", fmt.Errorf("comparing: %w", session.ErrCodeInvalid)
}

func (f *thirdParties) Prefill(_ context.Context, code string) (session.Prefilled, error) {
	user, _, _ := strings.Cut(code, "-")
	known := session.Prefilled{User: identity.NewChannelUser("app", "open_id", user)}
	if user == "nobody" || strings.HasSuffix(code, "-uncertified") {
		known.Absent = session.NotCertified
		return known, nil
	}
	document, err := identity.ParseDocument(identity.ResidentID, zhangNumber, zhangName)
	known.Document = document
	return known, err
}

func (f *thirdParties) StartFace(_ context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.startFail != nil {
		return verification.FaceStarted{}, f.startFail
	}
	return verification.FaceStarted{
		ProviderID: "certify-" + s.AttemptID,
		Call: verification.FaceCall{
			Kind: "my.startAPVerify", CertifyID: "certify-" + s.AttemptID, URL: "https://face.example/" + s.AttemptID,
		},
	}, nil
}

func (f *thirdParties) QueryFace(context.Context, verification.FaceQuery) (verification.FaceResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.faceFail != nil {
		return verification.FaceResult{}, f.faceFail
	}
	if f.face.Outcome == "" {
		return verification.FaceResult{
			Outcome: verification.OutcomePassed, Liveness: true, Level: "FACE", Portrait: []byte("\x89PNG\r\n\x1a\nportrait"),
		}, nil
	}
	return f.face, nil
}

func (f *thirdParties) CheckBankCard(context.Context, verification.BankCardQuery) (verification.Decision, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cardFail != nil {
		return verification.Decision{}, f.cardFail
	}
	if f.card.Outcome == "" {
		return verification.Decision{Outcome: verification.OutcomePassed, Level: "BankCard4EVerification"}, nil
	}
	return f.card, nil
}

// script changes what the third parties answer.
func (f *thirdParties) script(change func(*thirdParties)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// Registry knows two.
func (*thirdParties) Registry(id string) (todo.Registry, bool) {
	names := map[string]string{"beijing": "北京市市场监督管理局", "tianjin": "天津市市场监督管理委员会"}
	name, known := names[id]
	return todo.Registry{ID: id, Name: name}, known
}
