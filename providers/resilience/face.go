package resilience

import (
	"context"

	"renzheng/verification"
)

// FaceChecker guards the face checks of a provider. Starts and queries have a
// circuit each, so that slow results do not block new checks.
func (g *Guard) FaceChecker(provider string, inner verification.FaceChecker) verification.FaceChecker {
	return &faceChecker{
		inner:  inner,
		starts: g.circuit(provider, callFaceStart, verification.ErrNothingDone), queries: g.circuit(provider, callFaceQuery, verification.ErrNothingDone),
	}
}

type faceChecker struct {
	inner           verification.FaceChecker
	starts, queries *circuit
}

var _ verification.FaceChecker = (*faceChecker)(nil)

// StartFace begins a face check if the circuit allows it.
func (f *faceChecker) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	return execute(ctx, f.starts, func(ctx context.Context) (verification.FaceStarted, error) {
		return f.inner.StartFace(ctx, s)
	}, func(verification.FaceStarted) verdict { return healthy })
}

// QueryFace asks for a result if the circuit allows it.
func (f *faceChecker) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	return execute(ctx, f.queries, func(ctx context.Context) (verification.FaceResult, error) {
		return f.inner.QueryFace(ctx, q)
	}, func(r verification.FaceResult) verdict { return healthOf(r.Failure) })
}
