package appeal

import (
	"context"
	"fmt"

	"renzheng/identity"
)

// Correction is what the person says is printed where something else was read. What is empty was read well.
type Correction struct {
	Name, Number identity.Secret
	ValidFrom    identity.Date
	ValidUntil   identity.Date // zero also if LongTerm
	LongTerm     bool
}

// CorrectReading stores what the person says is printed where something else was read; an empty correction confirms all of it. A
// later one replaces it. Errors: ErrNotFound, ErrNotOpen, and those of [identity.ParseDocument].
func (s *Service) CorrectReading(ctx context.Context, accountID, appealID, id string, c Correction) (Material, error) {
	if err := c.validate(); err != nil {
		return Material{}, err
	}
	_, m, err := s.photoOf(ctx, accountID, appealID, id)
	if err != nil {
		return Material{}, err
	}
	if m.Reading.State != Read || m.Reading.Values.Fault != "" {
		return Material{}, ErrNotOpen
	}
	if err = s.deps.Readings.CorrectReading(ctx, accountID, m, c, s.now()); err != nil {
		return Material{}, fmt.Errorf("storing a correction: %w", err)
	}
	_, m, err = s.photoOf(ctx, accountID, appealID, id)
	return m, err
}

func (c Correction) validate() error {
	if name := c.Name.Reveal(); name != "" {
		if _, err := identity.ParseName(name); err != nil {
			return err
		}
	}
	if number := c.Number.Reveal(); number != "" {
		if _, err := identity.ParseNumber(identity.ResidentID, number); err != nil {
			return err
		}
	}
	none := c.ValidFrom.IsZero() && c.ValidUntil.IsZero() && !c.LongTerm
	ends := c.LongTerm && c.ValidUntil.IsZero() || !c.LongTerm && c.ValidFrom.Before(c.ValidUntil)
	if !none && (c.ValidFrom.IsZero() || !ends) {
		return identity.FieldError{Field: identity.FieldValidity, Rule: identity.RuleValidity}
	}
	return nil
}
