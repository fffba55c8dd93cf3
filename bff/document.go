package bff

import (
	"context"
	"net/http"

	"renzheng/verification"
)

// documentPoll is how long a client waits before it reads the verification again. A
// worker queries the authority in the meantime.
const documentPoll = "5"

type documentInput struct {
	Keyed
	Identified
}

func (h *handlers) checkDocument(ctx context.Context, in *documentInput) (*kept[attemptBody], error) {
	c := callOf(ctx)
	return onceOf(ctx, h, in.ID, func(ctx context.Context) (fresh[attemptBody], error) {
		view, attempt, err := h.verifications.CheckDocument(ctx, c.actor(), in.ID)
		if err != nil {
			return fresh[attemptBody]{}, err
		}
		made := fresh[attemptBody]{status: http.StatusOK, body: h.attempt(view, attempt, c)}
		if attempt.State == verification.AttemptOpen || attempt.State == verification.AttemptUnknown {
			made.status, made.retryAfter = http.StatusAccepted, documentPoll
		}
		return made, nil
	})
}
