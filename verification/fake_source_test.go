package verification_test

import (
	"context"
	"sync"

	"renzheng/verification"
	"renzheng/verification/failure"
)

// fakeSource is a data source, or an authority, that follows a script.
type fakeSource struct {
	mu       sync.Mutex
	decision verification.Decision
	err      error
	queries  []verification.FourElementsQuery
	ids      []string
	calls    func() // runs inside a call
}

func (s *fakeSource) respondWith(decision verification.Decision, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.decision, s.err = decision, err
}

func (s *fakeSource) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ids)
}

func (s *fakeSource) answer(q verification.FourElementsQuery) (verification.Decision, error) {
	s.mu.Lock()
	s.queries, s.ids = append(s.queries, q), append(s.ids, q.AttemptID)
	decision, err, calls := s.decision, s.err, s.calls
	s.mu.Unlock()
	if calls != nil {
		calls()
	}
	return decision, err
}

func (s *fakeSource) CheckFourElements(
	_ context.Context, q verification.FourElementsQuery,
) (verification.Decision, error) {
	return s.answer(q)
}

func (s *fakeSource) CheckDocument(_ context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	decision, err := s.answer(verification.FourElementsQuery(q))
	return decision, err
}

func (s *fakeSource) CheckBankCard(_ context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	decision, err := s.answer(verification.FourElementsQuery{AttemptID: q.AttemptID, Document: q.Document})
	return verification.Decision{Outcome: decision.Outcome, Failure: decision.Failure, Level: decision.Level}, err
}

// What a source may say.
var (
	sourcePasses   = verification.Decision{Outcome: verification.OutcomePassed, Level: "LEVEL"}
	sourceDiffers  = verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.IdentityNotConfirmed}
	sourceNoRecord = verification.Decision{
		Outcome: verification.OutcomeFailed, Failure: failure.IdentityNotConfirmed, Uncounted: true,
	}
	sourceBusy = verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.ProviderBusy}
)

// allChecksPolicy asks everything that can be asked of a resident.
const allChecksPolicy = `{"version":"1","routes":[{"purposes":["access"],"documents":["resident_id"],"channels":["alipay"],"steps":[
	{"check":"face","providers":["alipay"]},
	{"check":"bank_card","providers":["tencentcloud"]},
	{"check":"four_elements","providers":["one","two"]},
	{"check":"document","providers":["one","two"]}]}]}`
