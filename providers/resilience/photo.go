package resilience

import (
	"context"

	"renzheng/identity/photo"
)

// Recognizer guards the recognition of document photos of a provider.
func (g *Guard) Recognizer(provider string, inner photo.Recognizer) photo.Recognizer {
	return &recognizer{inner, g.circuit(provider, callPhoto, photo.ErrNotRead)}
}

type recognizer struct {
	inner   photo.Recognizer
	circuit *circuit
}

var _ photo.Recognizer = (*recognizer)(nil)

// Recognize asks if the circuit allows it. A photo that cannot be read says nothing about the provider's health.
func (r *recognizer) Recognize(ctx context.Context, p photo.Photo) (photo.Reading, error) {
	return execute(ctx, r.circuit, func(ctx context.Context) (photo.Reading, error) {
		return r.inner.Recognize(ctx, p)
	}, func(photo.Reading) verdict { return healthy })
}
