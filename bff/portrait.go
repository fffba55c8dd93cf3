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

// getPortrait returns the picture as the provider took it.
func (h *handlers) getPortrait(ctx context.Context, in *Identified) (*pictureOutput, error) {
	picture, err := h.verifications.Portrait(ctx, callOf(ctx).actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &pictureOutput{ContentType: pictureType(picture), Body: picture}, nil
}

// pictureTypes are the media types of pictures.
func pictureTypes() []string { return []string{"image/jpeg", "image/png", "application/octet-stream"} }

// pictureType returns the media type of a picture. Browsers do not display content
// of other formats.
func pictureType(picture []byte) string {
	switch found := http.DetectContentType(picture); found {
	case "image/jpeg", "image/png":
		return found
	}
	return "application/octet-stream"
}

// acceptedBody is the access that was granted by an acceptance.
type acceptedBody struct {
	Until time.Time `json:"until" doc:"End of the access to the person's todos. It is not extended."`
}

type acceptedOutput struct{ Body acceptedBody }

func (h *handlers) acceptPortrait(ctx context.Context, in *Identified) (*acceptedOutput, error) {
	c := callOf(ctx)
	made, err := h.verifications.Accept(ctx, c.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	c.verification = in.ID
	return &acceptedOutput{acceptedBody{Until: utc(made.Until)}}, nil
}
