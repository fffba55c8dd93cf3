package resilience

import (
	"context"

	"renzheng/verification"
)

// FaceChecker guards the face checks of a provider. Starts and queries have a
// gate each: results that are slow to come hold no place of those who begin.
func (g *Guard) FaceChecker(provider string, inner verification.FaceChecker) verification.FaceChecker {
	return &faceChecker{
		inner:  inner,
		starts: g.gate(provider, callFaceStart, verification.ErrNothingDone), queries: g.gate(provider, callFaceQuery, verification.ErrNothingDone),
	}
}

type faceChecker struct {
	inner           verification.FaceChecker
	starts, queries *gate
}

var _ verification.FaceChecker = (*faceChecker)(nil)

// StartFace begins a face check where the gate lets it out.
func (f *faceChecker) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	return through(ctx, f.starts, func(ctx context.Context) (verification.FaceStarted, error) {
		return f.inner.StartFace(ctx, s)
	}, func(verification.FaceStarted) verdict { return well })
}

// QueryFace asks for a result where the gate lets it out.
func (f *faceChecker) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	return through(ctx, f.queries, func(ctx context.Context) (verification.FaceResult, error) {
		return f.inner.QueryFace(ctx, q)
	}, func(r verification.FaceResult) verdict { return healthOf(r.Failure) })
}
