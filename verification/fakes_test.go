package verification_test

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

var errProvider = errors.New("provider broke")

// faceAnswer is what the next queries of a face answer.
type faceAnswer struct {
	result verification.FaceResult
	err    error
}

var (
	facePasses  = faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomePassed, Liveness: true, Level: "FACE", Portrait: []byte("picture")}}
	faceBare    = faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomePassed, Liveness: true, Level: "FACE"}}
	faceDiffers = faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceDiffers}}
	facePending = faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomePending}}
	faceBreaks  = faceAnswer{err: errProvider}
)

// fakeFaces is a face provider that follows a script.
type fakeFaces struct {
	mu       sync.Mutex
	started  []verification.FaceStart
	startErr error
	end      faceAnswer
	queries  int
	received []verification.FaceQuery
	during   func() // runs inside StartFace
	sameID   bool   // every face gets the same id
}

func (f *fakeFaces) respondWith(end faceAnswer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end = end
}

func (f *fakeFaces) StartFace(_ context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.started = append(f.started, s)
	f.end = facePending
	if f.startErr != nil {
		return verification.FaceStarted{}, f.startErr
	}
	id := "certify-" + strconv.Itoa(len(f.started))
	if f.sameID {
		id = "certify"
	}
	if f.during != nil {
		during := f.during
		f.during = nil
		f.mu.Unlock()
		during()
		f.mu.Lock()
	}
	return verification.FaceStarted{ProviderID: id, Call: verification.FaceCall{Kind: "my.startAPVerify", CertifyID: id}}, nil
}

func (f *fakeFaces) QueryFace(_ context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.received = append(f.received, q)
	f.queries++
	return f.end.result, f.end.err
}

// cardAnswer is what the next query of a card answers.
type cardAnswer struct {
	result verification.Decision
	err    error
}

var (
	cardPasses  = cardAnswer{result: verification.Decision{Outcome: verification.OutcomePassed, Level: "BankCard4EVerification"}}
	cardDiffers = cardAnswer{result: verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}}
	cardBreaks  = cardAnswer{err: errProvider}
	cardRefused = cardAnswer{err: verification.ErrNothingDone}
)

// fakeCards is a data source that follows a script.
type fakeCards struct {
	mu      sync.Mutex
	queries []verification.BankCardQuery
	end     cardAnswer
	during  func() // runs inside CheckBankCard
}

func (c *fakeCards) respondWith(end cardAnswer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end = end
}

func (c *fakeCards) CheckBankCard(_ context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	c.mu.Lock()
	c.queries = append(c.queries, q)
	end, during := c.end, c.during
	c.mu.Unlock()
	if during != nil {
		during()
	}
	return end.result, end.err
}

// switched is a store with other switches.
type switched struct {
	verification.Store

	switches policy.SwitchStore
}

func (s switched) Switches(ctx context.Context) ([]policy.Switch, error) {
	return s.switches.Switches(ctx)
}

// withSwitches replaces the switches of the store.
func withSwitches(switches policy.SwitchStore) func(*verification.Deps) {
	return func(d *verification.Deps) { d.Store = switched{d.Store, switches} }
}

// fixedSwitches do not change.
type fixedSwitches []policy.Switch

func (f fixedSwitches) Switches(context.Context) ([]policy.Switch, error) { return f, nil }

func (fixedSwitches) PutSwitch(context.Context, policy.Switch) error { return errProvider }

func (fixedSwitches) SwitchHistory(context.Context, int) ([]policy.Switch, error) {
	return nil, nil
}

// off switches a check off for all providers.
func off(kind policy.CheckKind) policy.Switch {
	return policy.Switch{
		Check: kind, Provider: policy.EveryProvider, State: policy.Off,
		Text: identity.Text{Chinese: "维护中", Traditional: "維護中", English: "Under repair"},
	}
}
