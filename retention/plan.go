package retention

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Planned is what the plan says of a class, for cases of one registry.
type Planned struct {
	Class    Class
	Registry string        // of cases; otherwise ""
	Period   time.Duration // 0 if each row contains its own end
	SetBy    string        // name of a field of Periods, SetByRegistry, or "" if code determines the period
	Now      int           // rows that are due
	In30     int           // rows that are due in 30 days, those of Now among them
	In90     int
	Held     int // rows that are due but that a hold keeps
}

// Plan counts what is due now, in 30 and in 90 days. It reads every row that it counts and deletes nothing.
func (s *Service) Plan(ctx context.Context) ([]Planned, error) {
	now := s.Clock()
	lines, err := s.lines(ctx, now)
	if err != nil {
		return nil, err
	}
	plan := make([]Planned, len(lines))
	for i, l := range lines {
		plan[i] = Planned{Class: l.cut.Class, Registry: l.cut.Registry, Period: l.period, SetBy: l.setBy}
		for days, into := range map[int]*int{0: &plan[i].Now, 30: &plan[i].In30, 90: &plan[i].In90} {
			due, err := s.Store.CountCut(ctx, l.cut.later(time.Duration(days)*day), math.MaxInt32)
			if err != nil {
				return nil, fmt.Errorf("counting %s: %w", l.cut.Class, err)
			}
			*into = due.Rows
			if days == 0 {
				plan[i].Held = due.Held
			}
		}
	}
	return plan, nil
}

func (c Cut) later(by time.Duration) Cut {
	c.Before = c.Before.Add(by)
	return c
}

// Overdue is what should have been deleted by now.
type Overdue struct {
	Class Class
	Rows  int           // up to OverdueMost for each registry
	Age   time.Duration // since the oldest of them was due
}

// OverdueMost is how many rows of a class are counted.
const OverdueMost = 10_000

// Overdue counts what is due and was not deleted, for each class. It is cheap: it reads no more than it counts.
func (s *Service) Overdue(ctx context.Context) ([]Overdue, error) {
	lines, err := s.lines(ctx, s.Clock())
	if err != nil {
		return nil, err
	}
	var all []Overdue
	for _, l := range lines {
		due, err := s.Store.CountCut(ctx, l.cut, OverdueMost)
		if err != nil {
			return nil, fmt.Errorf("counting %s: %w", l.cut.Class, err)
		}
		one := Overdue{Class: l.cut.Class, Rows: due.Rows}
		if due.Rows > 0 {
			one.Age = max(0, l.cut.Before.Sub(due.Oldest))
		}
		if last := len(all) - 1; last >= 0 && all[last].Class == one.Class {
			all[last].Rows, all[last].Age = all[last].Rows+one.Rows, max(all[last].Age, one.Age)
			continue
		}
		all = append(all, one)
	}
	return all, nil
}
