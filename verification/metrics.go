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
