package verification

import (
	"context"
	"time"

	"renzheng/verification/policy"
)

// step is one check of a verification that an actor is about to do.
type step struct {
	verification Verification
	check        policy.CheckKind
	providerChoice
}

// stepFor returns the step if the state of the verification and the policy allow it
// now.
func (s *Service) stepFor(ctx context.Context, a Actor, id string, kind policy.CheckKind) (step, error) {
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return step{}, err
	}
	if err = allows(v, kind); err != nil {
		return step{}, err
	}
	choice, err := s.chooseProvider(ctx, v, kind)
	return step{verification: v, check: kind, providerChoice: choice}, err
}

// sourceQuotas returns the quotas that the rules of a provider take a try of a step
// from.
func (s *Service) sourceQuotas(provider string, st step, now time.Time) []policy.Quota {
	return s.Sources().Quotas(provider, st.check, st.verification.SubjectID, now)
}
