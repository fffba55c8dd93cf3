package bff

import (
	"context"
	"net/http"
	"time"
)

type pictureOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// getPortrait gives the picture as the provider took it.
func (a *API) getPortrait(ctx context.Context, in *Identified) (*pictureOutput, error) {
	picture, err := a.deps.Verifications.Portrait(ctx, callOf(ctx).actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &pictureOutput{ContentType: pictureType(picture), Body: picture}, nil
}

// pictureType lets nothing but a picture be shown as one.
func pictureType(picture []byte) string {
	switch found := http.DetectContentType(picture); found {
	case "image/jpeg", "image/png":
		return found
	}
	return "application/octet-stream"
}

// acceptedBody is the access that an acceptance opened.
type acceptedBody struct {
	Until time.Time `json:"until" doc:"End of the access to the person's todos. It is not renewed."`
}

type acceptedOutput struct{ Body acceptedBody }

func (a *API) acceptPortrait(ctx context.Context, in *Identified) (*acceptedOutput, error) {
	made, err := a.deps.Verifications.Accept(ctx, callOf(ctx).actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &acceptedOutput{acceptedBody{Until: utc(made.Until)}}, nil
}
