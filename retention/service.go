package retention

import (
	"context"
	"fmt"
	"time"
)

// batch bounds a transaction of a purge.
const batch = 200

// Deps is what a Service needs. All members but Metrics are required.
type Deps struct {
	Store      Store
	Registries func(id string) int // the period that a registry sets for its answered cases, in days; 0 if it sets none
	Periods    Periods
	Clock      func() time.Time
	Metrics    Metrics
}

// Metrics is told what was deleted. Implementations must be safe for concurrent use.
type Metrics interface {
	// Purged counts deleted rows.
	Purged(c Class, rows int)
	// PurgeCompleted reports that nothing was left to delete.
	PurgeCompleted(at time.Time)
}

type noMetrics struct{}

func (noMetrics) Purged(Class, int)        {}
func (noMetrics) PurgeCompleted(time.Time) {}

// Service deletes what is over. Concurrency: safe.
type Service struct{ Deps }

// New returns a service.
func New(d Deps) *Service {
	if d.Metrics == nil {
		d.Metrics = noMetrics{}
	}
	return &Service{Deps: d}
}

// Purge deletes one batch of each class and returns how many classes have more.
func (s *Service) Purge(ctx context.Context) (int, error) {
	now, more := s.Clock(), 0
	due, err := s.lines(ctx, now)
	if err != nil {
		return 0, err
	}
	for _, l := range due {
		done, err := s.Store.PurgeCut(ctx, l.cut, now, batch)
		if done.Gone > 0 {
			s.Metrics.Purged(l.cut.Class, done.Gone)
		}
		if done.Seen >= batch {
			more++
		}
		if err != nil {
			return more, fmt.Errorf("purging %s: %w", l.cut.Class, err)
		}
	}
	if more == 0 {
		s.Metrics.PurgeCompleted(now)
	}
	return more, nil
}

// again is when an account that something still names is looked at again.
const again = 30 * day

// line is a cut with what determines it.
type line struct {
	cut    Cut
	days   int // of a setting or a registry; 0 if neither determines the period
	period time.Duration
	setBy  string // as Planned.SetBy
}

// lines returns the cuts of all classes, those of cases for each registry.
func (s *Service) lines(ctx context.Context, now time.Time) ([]line, error) {
	registries, err := s.Store.CaseRegistries(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the registries of cases: %w", err)
	}
	var all []line
	for _, r := range rules() {
		if !r.class.ofCases() {
			all = append(all, s.line(r, "", now))
			continue
		}
		for _, registry := range registries {
			all = append(all, s.line(r, registry, now))
		}
	}
	return all, nil
}

func (s *Service) line(r rule, registry string, now time.Time) line {
	l := line{cut: Cut{Class: r.class, Registry: registry}, period: r.period, setBy: r.name}
	if r.setting != nil {
		l.days = r.setting(s.Periods)
	}
	if r.class.perRegistry() {
		if own := s.Registries(registry); own > 0 {
			l.days, l.setBy = own, SetByRegistry
		}
	}
	l.period += time.Duration(l.days) * day
	l.cut.Before = now.Add(-l.period)
	l.cut.Again = l.cut.Before.Add(min(again, l.period))
	return l
}

// SetByRegistry is the SetBy of a period that the registry itself sets.
const SetByRegistry = "registry"
