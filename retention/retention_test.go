package retention_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/setting"
)

func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

const day = 24 * time.Hour

// rows plays a store with a number of due rows of each class.
type rows struct {
	due        map[retention.Class]int
	registries []string
	cuts       []retention.Cut
	err        error
}

func (r *rows) PurgeCut(_ context.Context, c retention.Cut, _ time.Time, limit int) (retention.Batch, error) {
	r.cuts = append(r.cuts, c)
	n := min(limit, r.due[c.Class])
	r.due[c.Class] -= n
	return retention.Batch{Gone: n, Seen: n}, r.err
}

func (r *rows) CountCut(_ context.Context, c retention.Cut, most int) (retention.Due, error) {
	r.cuts = append(r.cuts, c)
	n := min(most, r.due[c.Class])
	if n == 0 {
		return retention.Due{}, r.err
	}
	return retention.Due{Rows: n, Held: 1, Oldest: c.Before.Add(-time.Hour)}, r.err
}

func (r *rows) CaseRegistries(context.Context) ([]string, error) { return r.registries, r.err }

type counts struct {
	purged    map[retention.Class]int
	completed time.Time
}

func (c *counts) Purged(class retention.Class, n int) { c.purged[class] += n }
func (c *counts) PurgeCompleted(at time.Time)         { c.completed = at }

func newService(r *rows, c *counts) *retention.Service {
	d := retention.Deps{
		Store: r, Periods: retention.DefaultPeriods(), Clock: noon,
		Registries: func(id string) int { return map[string]int{"gd": 3650}[id] },
	}
	if c != nil {
		d.Metrics = c
	}
	return retention.New(d)
}

func TestPurge_GoesOnWhileAClassHasMore(t *testing.T) {
	t.Parallel()
	r := &rows{due: map[retention.Class]int{retention.Sessions: 450, retention.Nonces: 3}}
	c := &counts{purged: map[retention.Class]int{}}
	for _, want := range []int{1, 1, 0} {
		if more, err := newService(r, c).Purge(t.Context()); err != nil || more != want {
			t.Errorf("got %d, %v, want %d", more, err, want)
		}
		if done := c.completed.Equal(noon()); done != (want == 0) {
			t.Errorf("got completed %t with %d classes left", done, want)
		}
	}
	if c.purged[retention.Sessions] != 450 || c.purged[retention.Nonces] != 3 {
		t.Errorf("got %v", c.purged)
	}
	r.err = errors.New("away")
	if _, err := newService(r, nil).Purge(t.Context()); !errors.Is(err, r.err) {
		t.Errorf("got %v, want the error of the store", err)
	}
}

func TestPurge_CutsByThePeriodOfTheRegistry(t *testing.T) {
	t.Parallel()
	r := &rows{due: map[retention.Class]int{}, registries: []string{"gd", "sd"}}
	if _, err := newService(r, nil).Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []retention.Cut{
		{Class: retention.AnsweredCases, Registry: "gd", Before: noon().Add(-3650 * day), Again: noon().Add(-3620 * day)},
		{Class: retention.AnsweredCases, Registry: "sd", Before: noon().Add(-1095 * day), Again: noon().Add(-1065 * day)},
		{Class: retention.UnansweredCases, Registry: "gd", Before: noon().Add(-365 * day), Again: noon().Add(-335 * day)},
		{Class: retention.Nonces, Before: noon(), Again: noon()},
	} {
		if !slices.Contains(r.cuts, want) {
			t.Errorf("no cut is %+v", want)
		}
	}
}

func TestPlan_CountsNowAndLater(t *testing.T) {
	t.Parallel()
	r := &rows{due: map[retention.Class]int{retention.AnsweredCases: 7}, registries: []string{"gd"}}
	plan, err := newService(r, nil).Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := retention.Planned{
		Class: retention.AnsweredCases, Registry: "gd", Period: 3650 * day, SetBy: retention.SetByRegistry, Now: 7, In30: 7, In90: 7, Held: 1,
	}
	if !slices.Contains(plan, want) {
		t.Errorf("got %+v, want %+v in it", plan, want)
	}
	later := retention.Cut{Class: retention.Sessions, Before: noon().Add(60 * day), Again: noon()}
	if !slices.ContainsFunc(r.cuts, func(c retention.Cut) bool { return c.Class == later.Class && c.Before.Equal(later.Before) }) {
		t.Error("sessions that are due in 90 days were not counted")
	}
}

func TestOverdue_AddsUpRegistries(t *testing.T) {
	t.Parallel()
	r := &rows{due: map[retention.Class]int{retention.AnsweredCases: 7}, registries: []string{"gd", "sd"}}
	all, err := newService(r, nil).Overdue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := (retention.Overdue{Class: retention.AnsweredCases, Rows: 14, Age: time.Hour}); !slices.Contains(all, want) {
		t.Errorf("got %+v, want %+v in it", all, want)
	}
	var seen []retention.Class
	for _, o := range all {
		if slices.Contains(seen, o.Class) {
			t.Errorf("%s is there twice", o.Class)
		}
		seen = append(seen, o.Class)
	}
}

func TestPeriods_HaveFloors(t *testing.T) {
	t.Parallel()
	if err := errors.Join(retention.DefaultPeriods().Validate(), retention.Floors().Validate()); err != nil {
		t.Errorf("defaults and floors: %v", err)
	}
	if got := setting.Split(retention.Periods{}.Validate()); len(got) != 10 {
		t.Errorf("got %d problems of ten periods of no day: %v", len(got), got)
	}
	p := retention.DefaultPeriods()
	p.CaseDays = retention.Longest + 1
	if p.Validate() == nil {
		t.Error("a period of more than a hundred years is accepted")
	}
}
