package resilience_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"renzheng/providers/resilience"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// held is a provider that keeps every call until it is let go.
func held() (*clerk, chan struct{}) {
	letGo := make(chan struct{})
	return &clerk{does: func(context.Context) (failure.Code, error) {
		<-letGo
		return "", nil
	}}, letGo
}

func TestBulkhead_FullIsNothingDone(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*resilience.Guard, *clerk) func(context.Context) error{
		"face starts": func(g *resilience.Guard, c *clerk) func(context.Context) error {
			f := g.FaceChecker("one", c)
			return func(ctx context.Context) error { _, err := f.StartFace(ctx, verification.FaceStart{}); return err }
		},
		"face queries": func(g *resilience.Guard, c *clerk) func(context.Context) error {
			f := g.FaceChecker("one", c)
			return func(ctx context.Context) error { _, err := f.QueryFace(ctx, verification.FaceQuery{}); return err }
		},
		"bank cards": func(g *resilience.Guard, c *clerk) func(context.Context) error {
			b := g.BankCardChecker("one", c)
			return func(ctx context.Context) error {
				_, err := b.CheckBankCard(ctx, verification.BankCardQuery{})
				return err
			}
		},
		"four elements": func(g *resilience.Guard, c *clerk) func(context.Context) error {
			e := g.FourElementsChecker("one", c)
			return func(ctx context.Context) error {
				_, err := e.CheckFourElements(ctx, verification.FourElementsQuery{})
				return err
			}
		},
		"documents": func(g *resilience.Guard, c *clerk) func(context.Context) error {
			d := g.DocumentChecker("one", c)
			return func(ctx context.Context) error {
				_, err := d.CheckDocument(ctx, verification.DocumentQuery{})
				return err
			}
		},
	}
	for name, open := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				provider, letGo := held()
				guard, _ := newGuard(t, settings())
				call := open(guard, provider)
				for range settings().Places {
					go func() { _ = call(context.Background()) }()
				}
				synctest.Wait()
				wantRejected(t, call(t.Context()), resilience.BulkheadFull, verification.ErrNothingDone)
				gone, leave := context.WithCancel(t.Context())
				leave()
				wantRejected(t, call(gone), resilience.CallerLeft, verification.ErrNothingDone)
				close(letGo)
				synctest.Wait()
				if err := call(t.Context()); err != nil {
					t.Errorf("got %v with all places free, want an answer", err)
				}
			})
		})
	}
}

func TestBulkhead_AShortWaitIsWorthwhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		provider, letGo := held()
		guard, _ := newGuard(t, settings())
		check := checkCard(guard.BankCardChecker("one", provider))
		for range settings().Places {
			go func() { _ = check() }()
		}
		synctest.Wait()
		time.AfterFunc(settings().Wait/2, func() { close(letGo) })
		if err := check(); err != nil {
			t.Errorf("got %v, want the place that came free", err)
		}
		synctest.Wait()
	})
}

func TestBulkhead_SlowResultsHoldNoPlaceOfStarts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		provider, letGo := held()
		guard, _ := newGuard(t, settings())
		faces := guard.FaceChecker("one", &halfSlow{answering("", nil), provider})
		for range 4 * settings().Places {
			go func() { _, _ = faces.QueryFace(context.Background(), verification.FaceQuery{}) }()
		}
		synctest.Wait()
		if _, err := faces.StartFace(t.Context(), verification.FaceStart{}); err != nil {
			t.Errorf("got %v, want a start: only results are slow", err)
		}
		close(letGo)
		synctest.Wait()
	})
}

// halfSlow answers starts at once.
type halfSlow struct{ starts, queries *clerk }

func (h *halfSlow) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	return h.starts.StartFace(ctx, s)
}

func (h *halfSlow) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	return h.queries.QueryFace(ctx, q)
}

func TestBulkhead_APanicLeaksNoPlace(t *testing.T) {
	t.Parallel()
	panics := true
	provider := &clerk{does: func(context.Context) (failure.Code, error) {
		if panics {
			panic("an adapter's mistake")
		}
		return "", nil
	}}
	one := settings()
	one.Places, one.Wait, one.Calls = 1, 0, 100
	guard, _ := newGuard(t, one)
	check := checkCard(guard.BankCardChecker("one", provider))
	for range 3 {
		if got := caught(check); got != "an adapter's mistake" {
			t.Fatalf("got %v, want the adapter's own panic", got)
		}
	}
	panics = false
	if err := check(); err != nil {
		t.Errorf("got %v, want an answer: the only place is free", err)
	}
}

func caught(call func() error) (value any) {
	defer func() { value = recover() }()
	_ = call()
	return nil
}

func TestGuard_HandsThroughWhatComes(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	strange := errors.New("strange")
	faces := guard.FaceChecker("one", answering(failure.FaceDiffers, strange))
	got, err := faces.QueryFace(t.Context(), verification.FaceQuery{AttemptID: "att_1"})
	if !errors.Is(err, strange) || got.Failure != failure.FaceDiffers || got.Level != "att_1" {
		t.Errorf("got %+v and %v, want the adapter's own", got, err)
	}
	started, err := faces.StartFace(t.Context(), verification.FaceStart{AttemptID: "att_2"})
	if !errors.Is(err, strange) || started.ProviderID != "att_2" {
		t.Errorf("got %+v and %v, want the adapter's own", started, err)
	}
}
