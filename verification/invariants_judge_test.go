package verification_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"renzheng/verification"
)

// billLife is how long the judge takes a face; Alipay's is the longest of the
// providers.
const billLife = 23 * time.Hour

// bill is one face that a judge was asked to look at.
type bill struct {
	account string // the channel's id of it
	opened  time.Time
	outcome verification.Outcome // pending until somebody shows a face
	left    bool                 // before anybody did; a face may still be shown
}

// judge is a face provider that decides on its own: whoever has been given the
// call may show a face as long as the bill lives, whatever has become of the
// attempt. Its answers get lost and come late.
type judge struct {
	mu    sync.Mutex
	clock func() time.Time
	luck  *rand.Rand
	bills map[string]*bill
	moody bool // answers are lost or late

	sequence int // the bills' ids are never used twice
}

func (j *judge) StartFace(_ context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.moody && j.luck.IntN(8) == 0 {
		return verification.FaceStarted{}, verification.ErrNothingDone
	}
	id := fmt.Sprintf("bill-%d-%d", j.sequence, len(j.bills))
	j.bills[id] = &bill{account: s.User.Reveal(), opened: j.clock(), outcome: verification.OutcomePending}
	if j.moody && j.luck.IntN(8) == 0 {
		return verification.FaceStarted{}, errProvider // it began, and its answer is lost
	}
	return verification.FaceStarted{ProviderID: id, Call: verification.FaceCall{Kind: "my.startAPVerify", CertifyID: id}}, nil
}

func (j *judge) QueryFace(_ context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.bills[q.ProviderID]
	switch {
	case j.moody && j.luck.IntN(3) == 0:
		return verification.FaceResult{}, errProvider
	case j.moody && j.luck.IntN(4) == 0:
		return facePending.result, nil // what was so a moment ago
	case b.outcome == verification.OutcomePassed:
		return facePasses.result, nil
	case b.outcome == verification.OutcomeFailed:
		return faceDiffers.result, nil
	case !j.clock().Before(b.opened.Add(billLife)):
		return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: verification.FaceNotFinished}, nil
	case b.left:
		return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: verification.FaceCancelled, Reusable: true}, nil
	}
	return facePending.result, nil
}

// leave closes the page before a face was shown; the call opens it again.
func (j *judge) leave(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.bills[id].left = true
}

// show shows a face to the judge, which decides once.
func (j *judge) show(id string, outcome verification.Outcome) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := j.bills[id]
	if b.outcome == verification.OutcomePending && j.clock().Before(b.opened.Add(billLife)) {
		b.outcome = outcome
	}
}

// failures counts the faces of each account that were judged not to be the
// person, and names the accounts one of whose faces passed.
func (j *judge) failures() (failed map[string]int, passed map[string]bool) {
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

func (j *judge) mood(moody bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.moody = moody
}

// next begins a sequence: the bills of the one before have all been settled.
func (j *judge) next(luck *rand.Rand) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.luck, j.moody, j.bills = luck, false, map[string]*bill{}
	j.sequence++
}
