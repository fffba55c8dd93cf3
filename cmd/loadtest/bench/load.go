package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// shot is one request of a load.
type shot struct {
	method, path string
	token        string
	key          string // of idempotency
	body         []byte
	want         int // status
}

// side is one of the two that are compared.
type side struct {
	base    string
	bare    bool // it is not the server
	process int
	client  *http.Client
}

func newSide(base string, process, parallel int) side {
	return side{base: base, process: process, client: &http.Client{
		Timeout:   30 * time.Second,
		Transport: &http.Transport{MaxIdleConns: parallel, MaxIdleConnsPerHost: parallel},
	}}
}

// fire sends one request and wants its status.
func (s side) fire(ctx context.Context, shot shot) error {
	request, err := http.NewRequestWithContext(ctx, shot.method, s.base+shot.path, bytes.NewReader(shot.body))
	if err != nil {
		return fmt.Errorf("making a request: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+shot.token)
	if shot.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if shot.key != "" {
		request.Header.Set("Idempotency-Key", shot.key)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return fmt.Errorf("asking: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	if answer.StatusCode != shot.want {
		return fmt.Errorf("%s %s: got %d %.200s, want %d", shot.method, shot.path, answer.StatusCode, said, shot.want)
	}
	return nil
}

// volley sends the shots, so many at a time.
func (s side) volley(ctx context.Context, shots []shot, parallel int) (pace, error) {
	var next atomic.Int64
	return s.storm(parallel, func() (bool, error) {
		i := int(next.Add(1)) - 1
		if i >= len(shots) {
			return false, nil
		}
		return true, s.fire(ctx, shots[i])
	})
}

// repeat sends one shot again and again for a time.
func (s side) repeat(ctx context.Context, shot shot, parallel int, lasts time.Duration) (pace, error) {
	end := time.Now().Add(lasts)
	return s.storm(parallel, func() (bool, error) {
		if time.Now().After(end) {
			return false, nil
		}
		return true, s.fire(ctx, shot)
	})
}

// pace is how a load went.
type pace struct {
	perSecond float64
	cpuMicros float64 // that the side's process used for one request
}

// storm runs step in parallel until each runner is told that nothing is left.
func (s side) storm(parallel int, step func() (bool, error)) (pace, error) {
	var (
		runners sync.WaitGroup
		done    atomic.Int64
		failed  = make(chan error, parallel)
	)
	begun, used := time.Now(), cpuTime(s.process)
	for range parallel {
		runners.Go(func() {
			for {
				more, err := step()
				if err != nil {
					failed <- err
					return
				}
				if !more {
					return
				}
				done.Add(1)
			}
		})
	}
	runners.Wait()
	lasted := time.Since(begun)
	select {
	case err := <-failed:
		return pace{}, err
	default:
		n := float64(done.Load())
		return pace{n / lasted.Seconds(), float64((cpuTime(s.process) - used).Microseconds()) / n}, nil
	}
}

// median returns the middle of some values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return 0
	}
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// medianPace returns the middle of each figure.
func medianPace(paces []pace) pace {
	var rates, micros []float64
	for _, p := range paces {
		rates, micros = append(rates, p.perSecond), append(micros, p.cpuMicros)
	}
	return pace{median(rates), median(micros)}
}
