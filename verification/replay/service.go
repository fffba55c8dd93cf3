package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Period is how much of the past is replayed.
const Period = 30 * 24 * time.Hour

// Simulation is one replay that a member asked for.
type Simulation struct {
	VersionID   string
	RequestedAt time.Time
	FinishedAt  time.Time // zero while it is queued or running
	Done, Total int       // verifications
	Failed      bool      // the version could not be replayed
	Result      []byte    // JSON of a Result, once it is finished
}

// ErrNotFound reports that nobody asked for a simulation.
var ErrNotFound = errors.New("there is no such simulation")

// SimulationStore keeps simulations, one for each version.
type SimulationStore interface {
	// RequestSimulation queues one. It is idempotent until it is finished; then it begins anew.
	RequestSimulation(ctx context.Context, versionID string, now time.Time) error
	// Simulation returns one. ErrNotFound.
	Simulation(ctx context.Context, versionID string) (Simulation, error)
	// ClaimSimulation returns one that is due and keeps others from it until a time. ErrNotFound.
	ClaimSimulation(ctx context.Context, now, until time.Time) (Simulation, error)
	// ReportSimulation stores how far it has come, and extends the claim.
	ReportSimulation(ctx context.Context, s Simulation, until time.Time) error
	// FinishSimulation stores how it ended.
	FinishSimulation(ctx context.Context, s Simulation) error
}

// Service replays versions in the background. Safe for concurrent use.
type Service struct {
	Store       Store
	Simulations SimulationStore
	Rules       func(ctx context.Context, versionID string) (before, after Rules, err error) // of a proposed version, and of what it changes
	Prices      Prices
	Clock       func() time.Time
}

// claim is how long a simulation belongs to a replica without a report.
const claim = 2 * time.Minute

// Request queues a simulation of a version.
func (s *Service) Request(ctx context.Context, versionID string) error {
	return s.Simulations.RequestSimulation(ctx, versionID, s.Clock())
}

// Get returns the simulation of a version, with its result if it is finished. ErrNotFound.
func (s *Service) Get(ctx context.Context, versionID string) (Simulation, Result, error) {
	found, err := s.Simulations.Simulation(ctx, versionID)
	if err != nil || len(found.Result) == 0 {
		return found, Result{}, err
	}
	var r Result
	if err = json.Unmarshal(found.Result, &r); err != nil {
		return found, r, fmt.Errorf("reading a simulation: %w", err)
	}
	return found, r, nil
}

// ErrContent reports a version whose content cannot be loaded, so that nobody can simulate it.
var ErrContent = errors.New("the content of the version cannot be loaded")

// Run carries out one simulation that is due, and returns how many there were.
func (s *Service) Run(ctx context.Context) (int, error) {
	now := s.Clock()
	next, err := s.Simulations.ClaimSimulation(ctx, now, now.Add(claim))
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	before, after, err := s.Rules(ctx, next.VersionID)
	if errors.Is(err, ErrContent) {
		next.FinishedAt, next.Failed = s.Clock(), true
		return 1, errors.Join(err, s.Simulations.FinishSimulation(ctx, next))
	}
	if err != nil {
		return 0, err // it is due again after its claim
	}
	result, err := s.replay(ctx, &next, New(before, after, s.Prices))
	if err != nil {
		return 0, err // it is due again after its claim
	}
	if next.Result, err = json.Marshal(result); err != nil {
		return 0, fmt.Errorf("writing a simulation: %w", err)
	}
	next.FinishedAt = s.Clock()
	return 1, s.Simulations.FinishSimulation(ctx, next)
}

// reportAfter is how many verifications are replayed between two reports.
const reportAfter = 20000

func (s *Service) replay(ctx context.Context, next *Simulation, r *Replay) (Result, error) {
	until := s.Clock()
	since := until.Add(-Period)
	var err error
	next.Done = 0
	if next.Total, err = s.Store.CountVerifications(ctx, since, until); err != nil {
		return Result{}, err
	}
	reported := 0
	err = s.Store.EachVerifications(ctx, since, until, func(some []Verification) error {
		for _, v := range some {
			r.Add(v)
		}
		next.Done += len(some)
		if next.Done-reported < reportAfter {
			return nil
		}
		reported = next.Done
		return s.Simulations.ReportSimulation(ctx, *next, s.Clock().Add(claim))
	})
	return r.Result(since, until), err
}
