package verification

import "renzheng/verification/policy"

// Metrics counts what the rules decided. It is told of an outcome once it is stored.
// The values are few words of ours and never personal. Its methods return at once.
type Metrics interface {
	// AttemptEnded is called when an attempt ends. It is not called for an attempt
	// that was superseded, or that its provider decided after it had ended.
	AttemptEnded(a Attempt)
	// VerificationMoved is called when a verification has begun or reached a state
	// by a call of this service. Those that end with a session, a grant or a consent
	// are not among them.
	VerificationMoved(purpose policy.Purpose, to State)
	// TryRejected is called when a quota has no try left.
	TryRejected(q policy.Quota)
}

// noMetrics counts nothing.
type noMetrics struct{}

func (noMetrics) AttemptEnded(Attempt)                    {}
func (noMetrics) VerificationMoved(policy.Purpose, State) {}
func (noMetrics) TryRejected(policy.Quota)                {}

// countSettled counts a stored settlement.
func (s *Service) countSettled(v Verification, out Settlement) {
	ended := out.Attempt.State != AttemptOpen && out.Attempt.State != AttemptUnknown
	if len(out.From) > 0 && ended {
		s.deps.Metrics.AttemptEnded(out.Attempt)
	}
	if out.Verification != "" {
		s.deps.Metrics.VerificationMoved(v.Purpose, out.Verification)
	}
}

// countRejection counts err if it says that a quota is used up, and returns it.
func (s *Service) countRejection(err error) error {
	if none, ok := asExhausted(err); ok {
		s.deps.Metrics.TryRejected(none.Quota)
	}
	return err
}
