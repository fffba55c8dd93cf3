package verification

import (
	"slices"
	"sync/atomic"

	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// inForce are the rules and texts that may be exchanged while the service works.
type inForce struct {
	policies atomic.Pointer[[]*policy.Policy] // the one in force, then those that were, newest first
	notices  atomic.Pointer[notice.Set]
	limits   atomic.Pointer[policy.Limits]
	sources  atomic.Pointer[policy.SourceRules] // nil = no rules
}

// formerPolicies bounds how many are remembered. A verification is open for less than an hour.
const formerPolicies = 16

// Policy returns the policy by which verifications begin.
func (s *Service) Policy() *policy.Policy { return (*s.inForce.policies.Load())[0] }

// policyOf returns the policy by which v began, so that it is finished by the same providers, or the one in force if the
// server does not know that.
func (s *Service) policyOf(v Verification) *policy.Policy {
	known := *s.inForce.policies.Load()
	i := slices.IndexFunc(known, func(p *policy.Policy) bool { return p.Digest() == v.PolicyDigest })
	return known[max(i, 0)]
}

// UsePolicy puts another policy in force for verifications that begin. Those that have begun are finished by theirs.
func (s *Service) UsePolicy(p *policy.Policy) {
	for {
		old := s.inForce.policies.Load()
		next := []*policy.Policy{p}
		if old != nil {
			next = append(next, *old...)
		}
		next = next[:min(len(next), formerPolicies)]
		if s.inForce.policies.CompareAndSwap(old, &next) {
			return
		}
	}
}

// Notices returns the notices in force.
func (s *Service) Notices() *notice.Set { return s.inForce.notices.Load() }

// UseNotices puts other notices in force. The next try of a check needs consents to them; a try that has begun goes on.
func (s *Service) UseNotices(n *notice.Set) { s.inForce.notices.Store(n) }

// Limits returns the limits in force.
func (s *Service) Limits() policy.Limits { return *s.inForce.limits.Load() }

// UseLimits puts other limits in force. Windows that run keep their end; what was used in them counts.
func (s *Service) UseLimits(l policy.Limits) { s.inForce.limits.Store(&l) }

// Sources returns the limits of data sources and card networks in force; nil = none.
func (s *Service) Sources() *policy.SourceRules { return s.inForce.sources.Load() }

// UseSources puts other limits of data sources and card networks in force, for the next query; nil = none.
func (s *Service) UseSources(r *policy.SourceRules) { s.inForce.sources.Store(r) }
