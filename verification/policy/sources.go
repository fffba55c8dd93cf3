package policy

import (
	_ "embed" // the default rules
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/strictjson"
	"renzheng/verification/failure"
)

//go:embed sources.json
var defaultSources []byte

// SourceRules are the limits that data sources and card networks set. They are
// data, because each source states its own and changes it: an operator may bring
// others. They are obeyed before a source is asked, by all replicas together.
// Immutable; nil has no rules.
type SourceRules struct{ rules []sourceRule }

type sourceData struct {
	Version string       `json:"version"`
	Rules   []sourceRule `json:"rules"`
}

// sourceRule limits what a source is asked.
type sourceRule struct {
	Check    CheckKind      `json:"check"`
	Provider string         `json:"provider"`  // EveryProvider: all sources together, as the card networks behind them count
	Per      string         `json:"per"`       // "card" or "person"
	Counts   string         `json:"counts"`    // "queries" that were sent or "failures" that count; with tries
	Tries    int            `json:"tries"`     // per window; 0 = no number, the lock alone
	Window   string         `json:"window"`    // "day" = until midnight in Beijing, or a duration such as "24h" from the first
	LockedBy []failure.Code `json:"locked_by"` // the source's word that it is used up until tomorrow
}

// The words of a rule.
const (
	perCard        = "card"
	perPerson      = "person"
	countsQueries  = "queries"
	countsFailures = "failures"
	windowDay      = "day"
)

// DefaultSources returns the rules that hold unless the operator brings others.
func DefaultSources() (*SourceRules, error) { return LoadSources(defaultSources) }

// LoadSources reads rules: one JSON object, no unknown members. It reports
// everything that cannot be meant.
func LoadSources(raw []byte) (*SourceRules, error) {
	var data sourceData
	if err := strictjson.Decode(raw, &data); err != nil {
		return nil, fmt.Errorf("reading the sources' rules: %w", err)
	}
	var problems []error
	if data.Version == "" {
		problems = append(problems, errors.New("version is empty"))
	}
	for i, rule := range data.Rules {
		if err := rule.problem(); err != nil {
			problems = append(problems, fmt.Errorf("rule %d: %w", i, err))
		}
		twice := func(other sourceRule) bool { return other.name() == rule.name() }
		if slices.ContainsFunc(data.Rules[:i], twice) {
			problems = append(problems, fmt.Errorf("rule %d: an earlier rule has the same words", i))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("checking the sources' rules: %w", err)
	}
	return &SourceRules{rules: data.Rules}, nil
}

func (r sourceRule) problem() error {
	var found []error
	for _, demand := range []struct {
		met  bool
		what string
	}{
		{knownCheck(r.Check) && r.Check != Face, "check is none that a data source does"},
		{r.Provider != "" && len(r.Provider) <= maxProviderName, "provider is empty or too long"},
		{r.Per == perPerson || r.Per == perCard && r.Check == BankCard, "per is neither person nor, for a bank card, card"},
		{r.countsWell(), "counts is queries or failures, with at least 1 try"},
		{r.Tries > 0 || len(r.LockedBy) > 0, "it limits nothing"},
		{r.lasts(), "window is neither day nor a duration"},
		{len(r.LockedBy) == 0 || r.Window == windowDay, "a lock lasts until tomorrow: its window is day"},
	} {
		if !demand.met {
			found = append(found, errors.New(demand.what))
		}
	}
	for _, code := range r.LockedBy {
		if !code.Known() {
			found = append(found, fmt.Errorf("failure %q is unknown", code))
		}
	}
	return errors.Join(found...)
}

// countsWell tells whether a number of tries and what is counted come together.
func (r sourceRule) countsWell() bool {
	switch r.Counts {
	case countsQueries, countsFailures:
		return r.Tries > 0
	case "":
		return r.Tries == 0
	}
	return false
}

func (r sourceRule) lasts() bool {
	length, err := time.ParseDuration(r.Window)
	return r.Window == windowDay || err == nil && length > 0 && length <= maxWindow
}

// name tells rules apart, here and among the rows of budgets.
func (r sourceRule) name() string {
	return "source|" + string(r.Check) + "|" + r.Provider + "|" + r.Per + "|" + r.Counts + "|" + r.Window
}

// Quotas returns the budgets that the rules of a provider take a try of a check
// from. Those of [EveryProvider] apply whichever provider is asked.
func (s *SourceRules) Quotas(provider string, kind CheckKind, subjectID string, now time.Time) []Quota {
	if s == nil {
		return nil
	}
	var budgets []Quota
	for _, rule := range s.rules {
		if rule.Check == kind && rule.Provider == provider {
			budgets = append(budgets, rule.budget(subjectID, now))
		}
	}
	return budgets
}

func (r sourceRule) budget(subjectID string, now time.Time) Quota {
	b := Quota{
		Scope: r.name(), Limit: r.Tries, Source: r.Provider, LockedBy: r.LockedBy,
		Sent: r.Counts != countsFailures, ByCard: r.Per == perCard,
	}
	if b.Limit == 0 {
		b.Limit = math.MaxInt32 // the lock alone uses it up
	}
	if r.Per == perPerson {
		b.Scope += "|" + subjectID
	}
	if r.Window != windowDay {
		b.Window, _ = time.ParseDuration(r.Window) // read once before, when it was loaded
		return b
	}
	b.Scope += "|" + identity.DateAt(now).String()
	b.Window = identity.EndOfDay(now).Sub(now)
	return b
}
