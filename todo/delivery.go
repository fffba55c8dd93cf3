package todo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"renzheng/tracing"
)

// Limits of delivery.
const (
	deliveryBatch    = 32               // what one worker takes at a time, so that others get a share
	deliveryParallel = 8                // a slow registry holds up so many at most
	deliveryTimeout  = 10 * time.Second // of one attempt, answer included
	deliveryLease    = time.Minute      // batch / parallel rounds of time-outs, and half as much again
	deliveryTries    = 15               // with retryFirst doubling, about 23 hours
	retryFirst       = 5 * time.Second  // most failures are a restart on the other side
)

// Deliver pushes a batch of due events to one registry and returns how many it
// took up. What is not acknowledged is tried again after a pause that doubles
// and is jittered, and is dead after deliveryTries (R24). Each registry has a
// worker of its own: one that hangs holds up nobody else.
func (s *Service) Deliver(ctx context.Context, registryID string) (int, error) {
	now := s.now()
	claimed, err := s.Events.ClaimDeliveries(ctx, registryID, now, now.Add(deliveryLease), deliveryBatch)
	if err != nil {
		return 0, fmt.Errorf("claiming deliveries: %w", err)
	}
	problems := make([]error, len(claimed)+1)
	results := make(chan DeliveryResult, len(claimed))
	go func() {
		slots := make(chan struct{}, deliveryParallel)
		var working sync.WaitGroup
		for i, d := range claimed {
			slots <- struct{}{}
			working.Go(func() {
				defer func() { <-slots }()
				problems[i] = s.deliver(ctx, d, results)
			})
		}
		working.Wait()
		close(results)
	}()
	problems[len(claimed)] = s.finish(ctx, results)
	return len(claimed), errors.Join(problems...)
}

// finish records results as they come: together those that came while the ones
// before were being written, so that a quick registry costs few transactions and
// a slow one holds up no record.
func (s *Service) finish(ctx context.Context, results <-chan DeliveryResult) error {
	ctx = context.WithoutCancel(ctx)
	var problems []error
	for r := range results {
		together := []DeliveryResult{r}
		for len(results) > 0 {
			together = append(together, <-results)
		}
		if _, err := s.Events.FinishDeliveries(ctx, together); err != nil {
			problems = append(problems, fmt.Errorf("finishing deliveries: %w", err))
		}
	}
	return errors.Join(problems...)
}

// deliver makes one attempt and returns its result. One that has begun is finished and recorded even
// when the program ends meanwhile; others are left to the replica that finds
// their lease run out.
func (s *Service) deliver(ctx context.Context, d Delivery, results chan<- DeliveryResult) (err error) {
	defer func() {
		if recover() != nil { // its value may hold somebody's data
			err = errDeliveryPanic
		}
	}()
	if ctx.Err() != nil {
		return nil // the end of the program is no failure of the event
	}
	ctx, span := tracing.StartItem(context.WithoutCancel(ctx), "todo deliver")
	defer func() { span.End(err) }()
	span.Set(tracing.Registry, d.Event.RegistryID)
	span.SetInt(tracing.Attempt, d.Attempts+1)
	attempt, cancel := context.WithTimeout(ctx, deliveryTimeout)
	failed := s.Deliverer.Deliver(attempt, d.Event)
	cancel()
	result, err := s.deliveryResult(d, failed)
	if err != nil {
		return err
	}
	if result.State == DeliveryDead {
		s.Logger.WarnContext(ctx, "event given up", slog.String("event_id", d.Event.ID),
			slog.String("registry_id", d.Event.RegistryID), slog.String("reason", result.Reason))
	}
	s.Metrics.DeliveryTried(result.State)
	span.Set(tracing.Outcome, string(result.State))
	results <- result
	return nil
}

// errDeliveryPanic ends one attempt; its event is taken up again when the lease
// has run out, and is a dead letter in the end.
var errDeliveryPanic = errors.New("a delivery panicked")

func (s *Service) deliveryResult(d Delivery, failed error) (DeliveryResult, error) {
	now := s.now()
	result := DeliveryResult{EventID: d.Event.ID, Lease: d.Lease, State: DeliveryDelivered, Now: now, NextAt: now}
	if failed == nil {
		return result, nil
	}
	result.Reason = "error" // what is no DeliveryError may hold text of the other side
	if said, ok := errors.AsType[*DeliveryError](failed); ok {
		result.Reason = said.Reason
	}
	if d.Attempts+1 >= deliveryTries {
		result.State = DeliveryDead
		return result, nil
	}
	pause, err := s.pause(d.Attempts)
	if err != nil {
		return DeliveryResult{}, err
	}
	result.State, result.NextAt = DeliveryPending, now.Add(pause)
	return result, nil
}

// pause returns how long to wait after so many earlier attempts: doubling, and
// between four and six fifths of that, so that what failed together does not
// come back together.
func (s *Service) pause(attempts int) (time.Duration, error) {
	var raw [8]byte
	if _, err := io.ReadFull(s.Rand, raw[:]); err != nil {
		return 0, fmt.Errorf("drawing a pause: %w", err)
	}
	full := retryFirst << attempts
	spread := uint64(full) * 2 / 5                                               //nolint:gosec // attempts is below deliveryTries
	return full*4/5 + time.Duration(binary.BigEndian.Uint64(raw[:])%spread), nil //nolint:gosec // below spread
}
