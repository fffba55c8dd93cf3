package main

import (
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/providers/registry"
	"renzheng/retention"
	"renzheng/todo"
)

// periods is a directory in which a registry sets a period of its own.
type periods map[string]int

func (p periods) Registry(id string) (todo.Registry, bool) {
	days, ok := p[id]
	return todo.Registry{ID: id, Name: "市场监督管理局", RetentionDays: days}, ok
}

// An answer of an erased person is erased when its registry no longer needs it, and not earlier.
func TestOffice_KeepsEvidenceForThePeriodOfTheRegistry(t *testing.T) {
	t.Parallel()
	operator := retention.DefaultPeriods()
	operator.CaseDays = 2000
	for _, c := range []struct {
		registries todo.Registries
		operator   retention.Periods
		id         string
		want       time.Duration
	}{
		{periods{"gd": 3650}, operator, "gd", 3650 * day},
		{periods{"gd": 0}, operator, "gd", 2000 * day},
		{new(registry.Directory), operator, "gone", 2000 * day},
		{new(registry.Directory), retention.Periods{}, "gone", 1095 * day}, // a recovery does not check the settings
	} {
		if got := officeOf(c.registries, c.operator)(c.id); got.Evidence != c.want || got.Name == "" {
			t.Errorf("got %+v of %v, want %s", got, c.registries, c.want)
		}
	}
}

func TestRecovery_ErasesNoAnswerOfAnUnknownPeriod(t *testing.T) {
	t.Parallel()
	unknown, err := (&recovery{config: &config.Config{}}).registries()
	if err != nil {
		t.Fatal(err)
	}
	if got := officeOf(unknown, retention.DefaultPeriods())("gd").Evidence; got != retention.Longest*day {
		t.Errorf("got %s, want the longest period", got)
	}
	if _, err = (&recovery{config: &config.Config{Registries: t.TempDir() + "/absent"}}).registries(); err == nil {
		t.Error("a file that is absent is not noticed")
	}
}
