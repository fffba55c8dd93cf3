package verification_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
)

// billLife is how long the judge accepts a face for a bill. It is Alipay's, the
// longest of all providers.
const billLife = 23 * time.Hour

// faceSession is one face that a judge was asked to look at.
type faceSession struct {
	account string // the channel's id of the account
	opened  time.Time
	outcome verification.Outcome // pending until somebody shows a face
	left    bool                 // the person left before showing a face, and may still show one
}

// fakeProvider is a face provider that decides independently of us. A client that was
// given the call may show a face as long as the bill is valid, even if the attempt
// has ended. While the fakeProvider is moody, its answers are lost or late.
type fakeProvider struct {
	mu    sync.Mutex
	clock func() time.Time
	luck  *rand.Rand
	bills map[string]*faceSession
	moody bool // answers are lost or late

	sequence int // is part of the bills' ids, which are never reused
}

func (j *fakeProvider) StartFace(_ context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.moody && j.luck.IntN(8) == 0 {
		return verification.FaceStarted{}, verification.ErrNothingDone
	}
	id := fmt.Sprintf("bill-%d-%d", j.sequence, len(j.bills))
	j.bills[id] = &faceSession{account: s.User.Reveal(), opened: j.clock(), outcome: verification.OutcomePending}
	if j.moody && j.luck.IntN(8) == 0 {
		return verification.FaceStarted{}, errProvider // it began, and its answer is lost
	}
	return verification.FaceStarted{ProviderID: id, Call: verification.FaceCall{Kind: "my.startAPVerify", CertifyID: id}}, nil
}

func (j *fakeProvider) QueryFace(_ context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.bills[q.ProviderID]
	switch {
	case j.moody && j.luck.IntN(3) == 0:
		return verification.FaceResult{}, errProvider
	case j.moody && j.luck.IntN(4) == 0:
		return facePending.result, nil // a stale answer
	case b.outcome == verification.OutcomePassed:
		return facePasses.result, nil
	case b.outcome == verification.OutcomeFailed:
		return faceDiffers.result, nil
	case !j.clock().Before(b.opened.Add(billLife)):
		return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceNotFinished}, nil
	case b.left:
		return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceCancelled, Reusable: b.opened.Add(billLife)}, nil
	}
	return facePending.result, nil
}

// leave closes the page before a face was shown. The same call opens it again.
func (j *fakeProvider) leave(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.bills[id].left = true
}

// show shows a face to the judge, which decides only once.
func (j *fakeProvider) show(id string, outcome verification.Outcome) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.bills[id]
	if b.outcome == verification.OutcomePending && j.clock().Before(b.opened.Add(billLife)) {
		b.outcome = outcome
	}
}

// failures returns the number of failed faces of each account, and the accounts
// that passed.
func (j *fakeProvider) failures() (failed map[string]int, passed map[string]bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	failed, passed = map[string]int{}, map[string]bool{}
	for _, b := range j.bills {
		switch b.outcome {
		case verification.OutcomeFailed:
			failed[b.account]++
		case verification.OutcomePassed:
			passed[b.account] = true
		case verification.OutcomePending:
		}
	}
	return failed, passed
}

func (j *fakeProvider) mood(moody bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.moody = moody
}

// next begins a sequence. All bills of the previous one have been settled.
func (j *fakeProvider) next(luck *rand.Rand) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.luck, j.moody, j.bills = luck, false, map[string]*faceSession{}
	j.sequence++
}
