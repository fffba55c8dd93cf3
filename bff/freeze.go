package bff

import (
	"context"
	"time"

	"renzheng/rights"
)

type freezeInput struct {
	Body struct {
		Understood bool `json:"understood" enum:"true" doc:"The person was shown that nobody, themselves included, can be verified or answer until the freeze is lifted."`
	}
}

// freezeBody is a freeze. It does not say whose number is frozen.
type freezeBody struct {
	ID       string     `json:"id" doc:"Opaque."`
	PlacedAt time.Time  `json:"placed_at"`
	LiftedAt *time.Time `json:"lifted_at,omitempty" doc:"Absent while the freeze is in force."`
}

type freezeOutput struct{ Body freezeBody }

type freezesBody struct {
	Freezes []freezeBody `json:"freezes" nullable:"false"`
}

type freezesOutput struct{ Body freezesBody }

type liftInput struct {
	Body struct {
		VerificationID string `json:"verification_id" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"A verification of this session with the purpose lift, passed within ten minutes."`
	}
}

func (h *handlers) freezeMe(ctx context.Context, _ *freezeInput) (*freezeOutput, error) {
	placed, err := h.rights.Freeze(ctx, callOf(ctx).rightsViewer())
	if err != nil {
		return nil, err
	}
	return &freezeOutput{freezeOf(placed)}, nil
}

func (h *handlers) listFreezes(ctx context.Context, _ *struct{}) (*freezesOutput, error) {
	placed, err := h.rights.PlacedFreezes(ctx, callOf(ctx).session.Account.ID)
	if err != nil {
		return nil, err
	}
	return &freezesOutput{freezesBody{freezesOf(placed)}}, nil
}

func (h *handlers) liftFreeze(ctx context.Context, in *liftInput) (*freezeOutput, error) {
	lifted, err := h.rights.Lift(ctx, callOf(ctx).session.ID, in.Body.VerificationID)
	if err != nil {
		return nil, err
	}
	return &freezeOutput{freezeOf(lifted)}, nil
}

func freezeOf(f rights.Freeze) freezeBody {
	return freezeBody{ID: f.ID, PlacedAt: utc(f.PlacedAt), LiftedAt: when(f.LiftedAt)}
}

func freezesOf(freezes []rights.Freeze) []freezeBody {
	bodies := make([]freezeBody, len(freezes))
	for i, f := range freezes {
		bodies[i] = freezeOf(f)
	}
	return bodies
}
