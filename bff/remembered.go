package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/session"
	"renzheng/verification/notice"
)

// rememberedBody is the document that the account's person agreed to have remembered.
type rememberedBody struct {
	Document  maskedDocument `json:"document"`
	ConsentID string         `json:"consent_id" doc:"Withdrawing this consent deletes the document at once."`
	Until     time.Time      `json:"until" doc:"It is deleted then."`
}

func rememberedOf(found *session.Remembered) *rememberedBody {
	if found == nil {
		return nil
	}
	return &rememberedBody{Document: masked(found.Document), ConsentID: found.ConsentID, Until: utc(found.Until)}
}

type rememberInput struct {
	Keyed

	Body struct {
		Notice tickedNotice `json:"notice" doc:"The notice of kind remember that the person switched on, as it was shown."`
	}
}

// rememberDocument answers with the consent alone: the stored answer may be replayed after
// the document was deleted.
func (h *handlers) rememberDocument(ctx context.Context, in *rememberInput) (*kept[consentBody], error) {
	return once(ctx, h, func(ctx context.Context) (fresh[consentBody], error) {
		made, err := h.verifications.Remember(ctx, callOf(ctx).actor(), notice.Ref(in.Body.Notice))
		if err != nil {
			return fresh[consentBody]{}, err
		}
		return fresh[consentBody]{status: http.StatusCreated, location: "/v1/session", body: consentOf(made)}, nil
	})
}
