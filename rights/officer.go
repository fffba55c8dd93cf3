package rights

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// OfficerStore is what the data-protection officer works on. Nothing that it returns is personal.
type OfficerStore interface {
	// CorrectionList returns requests without the words of the persons, oldest first: those that are open, or all.
	CorrectionList(ctx context.Context, settled bool) ([]Correction, error)
	// SealedCorrection returns one request without the words of the person. ErrNotFound.
	SealedCorrection(ctx context.Context, id string) (Correction, error)
	// SettleCorrection records the outcome of an open request. Errors: ErrNotFound, also if it is settled already; ErrOwn.
	SettleCorrection(ctx context.Context, x Settlement) error
	// Withhold delays that a signer sees who fetched their answers in a case, and returns how many answers these are. Errors:
	// ErrNotFound, ErrWithheld; [staff.ErrRepeated] if the form of w has done so before.
	Withhold(ctx context.Context, w Withholding) (int, error)
	// Withholdings returns all delays, oldest first.
	Withholdings(ctx context.Context) ([]Withholding, error)
	// ErasureList returns erasures, newest first: those that are not done, or all.
	ErasureList(ctx context.Context, done bool, limit int) ([]ErasureStatus, error)
}

// Errors of what an officer types.
var (
	ErrOutcome = errors.New("not an outcome of a request for correction")
	ErrGround  = errors.New("the ground must be one line of plain text without markup")
	ErrDays    = errors.New("a delay must have 1 to 180 days")
)

const (
	maxGround   = 200 // characters
	maxErasures = 500
	day         = 24 * time.Hour
)

func checkGround(text string) error {
	if identity.PlainText(text, maxGround) != nil {
		return ErrGround
	}
	return nil
}

// CorrectionQueue returns the open requests, oldest first, or all of them.
func (s *Service) CorrectionQueue(ctx context.Context, settled bool) ([]Correction, error) {
	found, err := s.deps.Officer.CorrectionList(ctx, settled)
	if err != nil {
		return nil, fmt.Errorf("listing requests for correction: %w", err)
	}
	return found, nil
}

// SealedCorrection returns a request without the words of the person. ErrNotFound.
func (s *Service) SealedCorrection(ctx context.Context, id string) (Correction, error) {
	c, err := s.deps.Officer.SealedCorrection(ctx, id)
	if err != nil {
		return Correction{}, fmt.Errorf("finding a request for correction: %w", err)
	}
	return c, nil
}

// SettleCorrection answers a request. The person sees outcome and ground. Errors: ErrOutcome, ErrGround, ErrNotFound, also if
// it is settled already; ErrOwn.
func (s *Service) SettleCorrection(ctx context.Context, m staff.Member, id string, outcome CorrectionOutcome, ground string) error {
	if !slices.Contains(CorrectionOutcomes(), outcome) {
		return ErrOutcome
	}
	if err := checkGround(ground); err != nil {
		return err
	}
	err := s.deps.Officer.SettleCorrection(ctx, Settlement{ID: id, Outcome: outcome, Ground: identity.NewSecret(ground), By: m.ID, Member: m, At: s.now()})
	if err != nil {
		return fmt.Errorf("settling a request for correction: %w", err)
	}
	return nil
}

// Withhold delays what a signer sees of who fetched their answers in a case, and returns how many answers these are. PlacedBy,
// PlacedAt and Until of w are set here. Errors: ErrDays, ErrGround, ErrNotFound, ErrWithheld,
// [staff.ErrRepeated].
func (s *Service) Withhold(ctx context.Context, m staff.Member, w Withholding, days int) (int, error) {
	if days < 1 || time.Duration(days)*day > MaxWithholding {
		return 0, ErrDays
	}
	if err := checkGround(w.Ground); err != nil {
		return 0, err
	}
	w.PlacedBy, w.PlacedAt = m.ID, s.now()
	w.Until = w.PlacedAt.Add(time.Duration(days) * day)
	n, err := s.deps.Officer.Withhold(ctx, w)
	if err != nil {
		return 0, fmt.Errorf("withholding accesses: %w", err)
	}
	return n, nil
}

// Withholdings returns all delays, oldest first.
func (s *Service) Withholdings(ctx context.Context) ([]Withholding, error) {
	found, err := s.deps.Officer.Withholdings(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing withheld accesses: %w", err)
	}
	return found, nil
}

// Erasures returns the newest erasures: those that are not done, or all.
func (s *Service) Erasures(ctx context.Context, done bool) ([]ErasureStatus, error) {
	found, err := s.deps.Officer.ErasureList(ctx, done, maxErasures)
	if err != nil {
		return nil, fmt.Errorf("listing erasures: %w", err)
	}
	return found, nil
}
