package bff

import (
	"context"
	"net/http"

	"renzheng/verification"
)

// facePoll is how long a client waits before it requests the result again. Most
// providers decide within seconds.
const facePoll = "2"

type startFaceInput struct {
	Keyed
	Identified
}

func (h *handlers) startFace(ctx context.Context, in *startFaceInput) (*kept[attemptBody], error) {
	c := callOf(ctx)
	return onceOf(ctx, h, in.ID, func(ctx context.Context) (fresh[attemptBody], error) {
		view, attempt, err := h.verifications.StartFace(ctx, c.actor(), in.ID)
		if err != nil {
			return fresh[attemptBody]{}, err
		}
		made := fresh[attemptBody]{status: http.StatusOK, body: h.attempt(view, attempt, c)}
		if made.body.Call != nil {
			made.status, made.location = http.StatusCreated, verificationPath+view.ID
		}
		return made, nil
	})
}

type finishFaceInput struct {
	Identified

	Body struct {
		AttemptID string `json:"attempt_id" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$"`
	}
}

type faceResultOutput struct {
	Status     int
	RetryAfter string `header:"Retry-After" doc:"Seconds to wait. Present with 202."`
	Body       attemptBody
}

func (h *handlers) finishFace(ctx context.Context, in *finishFaceInput) (*faceResultOutput, error) {
	c := callOf(ctx)
	view, attempt, err := h.verifications.FinishFace(ctx, c.actor(), in.ID, in.Body.AttemptID)
	if err != nil {
		return nil, err
	}
	out := &faceResultOutput{Status: http.StatusOK, Body: h.attempt(view, attempt, c)}
	if attempt.State == verification.AttemptOpen || attempt.State == verification.AttemptUnknown {
		out.Status, out.RetryAfter = http.StatusAccepted, facePoll
	}
	return out, nil
}
