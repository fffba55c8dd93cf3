package verification

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
