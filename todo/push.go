package todo

import (
	"context"
	"errors"
	"fmt"

	"renzheng/tracing"
)

// pushTries bounds how often a push is decided anew because the case changed
// under it; each time somebody else got something done.
const pushTries = 5

// PushResult is the result of a push. Changed reports whether the case was
// written, Created whether it is new.
type PushResult struct {
	Case    Case
	Created bool
	Changed bool
}

// Push takes a revision of a case from a registry (R19). The same revision with
// the same content changes nothing. With a higher one, what changed for a signer
// supersedes that signer's open todo and opens a new one with a new window; an
// unchanged signer keeps todo, state and window; a removed one's open todo is
// withdrawn. Given answers stay evidence of their revision.
//
// Errors: *RejectedError with CodeContentInvalid, CodeCaseRevisionConflict,
// CodeCaseWithdrawn or CodeCaseErased; ErrNotFound for a registry that is not configured.
func (s *Service) Push(ctx context.Context, p Push) (_ PushResult, err error) {
	ctx, span := tracing.Start(ctx, "todo Push")
	defer func() { span.End(err) }()
	registry, ok := s.Registries.Registry(p.RegistryID)
	if !ok {
		return PushResult{}, fmt.Errorf("finding the registry of a push: %w", ErrNotFound)
	}
	if err = p.validate(); err != nil {
		return PushResult{}, err
	}
	for range pushTries {
		var result PushResult
		result, err = s.pushOnce(ctx, p, registry)
		if !errors.Is(err, ErrConflict) {
			return result, err
		}
	}
	return PushResult{}, err
}

// pushOnce decides on the case as it is now and applies that where it still is.
func (s *Service) pushOnce(ctx context.Context, p Push, registry Registry) (PushResult, error) {
	now := s.now()
	old, err := s.Cases.Case(ctx, p.RegistryID, p.CaseID)
	created := errors.Is(err, ErrNotFound)
	if err != nil && !created {
		return PushResult{}, fmt.Errorf("reading the case of a push: %w", err)
	}
	if !created {
		same, conflict := p.repeats(old)
		if conflict != nil {
			return PushResult{}, conflict
		}
		if same {
			return PushResult{Case: old.at(now)}, nil
		}
	}
	plan, err := s.plan(p, old, registry, now)
	if err != nil {
		return PushResult{}, err
	}
	applied, err := s.Cases.ApplyCase(ctx, plan)
	if err != nil {
		return PushResult{}, fmt.Errorf("applying a push: %w", err)
	}
	return PushResult{Case: applied, Created: created, Changed: true}, nil
}

// repeats reports whether p was applied before, and rejects it where it comes too
// late or contradicts what was.
func (p Push) repeats(old Case) (bool, error) {
	switch {
	case old.State == CaseErased:
		return false, old.readable()
	case old.State == CaseWithdrawn:
		return false, rejected(CodeCaseWithdrawn)
	case p.Revision < old.Revision:
		return false, rejected(CodeCaseRevisionConflict)
	case p.Revision > old.Revision:
		return false, nil
	}
	digest, err := p.digest(old.PushSalt)
	if err != nil {
		return false, err
	}
	if digest != old.PushDigest {
		return false, rejected(CodeCaseRevisionConflict)
	}
	return true, nil
}
