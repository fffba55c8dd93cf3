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

// SourceRules are the limits that data sources and card networks set. They are data,
// because each source sets its own and changes them, and an operator may provide
// others. They are applied before a source is queried, by all replicas together.
// Immutable; nil has no rules.
type SourceRules struct{ rules []sourceRule }

type sourceData struct {
	Version string       `json:"version"`
	Rules   []sourceRule `json:"rules"`
}

// sourceRule limits the queries of a source.
type sourceRule struct {
	Check    CheckKind      `json:"check"`
	Provider string         `json:"provider"`  // EveryProvider: all sources together, as the card networks behind them count
	Per      string         `json:"per"`       // "card" or "person"
	Counts   string         `json:"counts"`    // "queries" that were sent or "failures" that count; with tries
	Tries    int            `json:"tries"`     // per window; 0 if only the lock limits
	Window   string         `json:"window"`    // "day" until midnight in Beijing, or a duration such as "24h" from the first try
	LockedBy []failure.Code `json:"locked_by"` // failures by which the source reports that nothing is left until tomorrow
}

// The words of a rule.
const (
	perCard        = "card"
	perPerson      = "person"
	countsQueries  = "queries"
	countsFailures = "failures"
	windowDay      = "day"
)

// BuiltInSources returns the default rules as LoadSources reads them.
func BuiltInSources() []byte { return slices.Clone(defaultSources) }

// DefaultSources returns the rules that apply unless the operator provides others.
func DefaultSources() (*SourceRules, error) { return LoadSources(defaultSources) }

// LoadSources parses rules: one JSON object without unknown members. It reports
// everything that is inconsistent.
func LoadSources(raw []byte) (*SourceRules, error) {
	var data sourceData
	if err := strictjson.Decode(raw, &data); err != nil {
		return nil, fmt.Errorf("reading the sources' rules: %w", err)
	}
	var errs []error
	if data.Version == "" || len(data.Version) > maxProviderName {
		errs = append(errs, fmt.Errorf("version must have 1 to %d bytes", maxProviderName))
	}
	for i, rule := range data.Rules {
		if err := rule.validate(); err != nil {
			errs = append(errs, fmt.Errorf("rule %d: %w", i, err))
		}
		same := func(other sourceRule) bool { return other.name() == rule.name() }
		if slices.ContainsFunc(data.Rules[:i], same) {
			errs = append(errs, fmt.Errorf("rule %d: it repeats an earlier rule", i))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("checking the sources' rules: %w", err)
	}
	return &SourceRules{rules: data.Rules}, nil
}

func (r sourceRule) validate() error {
	var errs []error
	for _, rule := range []struct {
		met  bool
		text string
	}{
		{r.Check.valid() && r.Check != Face, "check must be one that a data source does"},
		{r.Provider != "" && len(r.Provider) <= maxProviderName, "provider must not be empty or too long"},
		{r.Per == perPerson || r.Per == perCard && r.Check == BankCard, "per must be person or, for a bank card, card"},
		{r.countsTries(), "counts must be queries or failures, with at least 1 try"},
		{r.Tries > 0 || len(r.LockedBy) > 0, "it limits nothing"},
		{r.hasWindow(), "window must be day or a duration"},
		{len(r.LockedBy) == 0 || r.Window == windowDay, "the window of a lock must be day"},
	} {
		if !rule.met {
			errs = append(errs, errors.New(rule.text))
		}
	}
	for _, code := range r.LockedBy {
		if !code.Known() {
			errs = append(errs, fmt.Errorf("failure %q is unknown", code))
		}
	}
	return errors.Join(errs...)
}

// countsTries reports whether there is a number of tries exactly if there is
// something to count.
func (r sourceRule) countsTries() bool {
	switch r.Counts {
	case countsQueries, countsFailures:
		return r.Tries > 0
	case "":
		return r.Tries == 0
	}
	return false
}

func (r sourceRule) hasWindow() bool {
	length, err := time.ParseDuration(r.Window)
	return r.Window == windowDay || err == nil && length > 0 && length <= MaxWindow
}

// name identifies a rule, here and in the scopes of quotas.
func (r sourceRule) name() string {
	return "source|" + string(r.Check) + "|" + r.Provider + "|" + r.Per + "|" + r.Counts + "|" + r.Window
}

// Quotas returns the quotas that the rules of a provider take a try of a check from.
// Those of [EveryProvider] apply whichever provider is queried.
func (s *SourceRules) Quotas(provider string, kind CheckKind, subjectID string, now time.Time) []Quota {
	if s == nil {
		return nil
	}
	var quotas []Quota
	for _, rule := range s.rules {
		if rule.Check == kind && rule.Provider == provider {
			quotas = append(quotas, rule.quota(subjectID, now))
		}
	}
	return quotas
}

func (r sourceRule) quota(subjectID string, now time.Time) Quota {
	b := Quota{
		Scope: r.name(), Limit: r.Tries, Source: r.Provider, LockedBy: r.LockedBy,
		Sent: r.Counts != countsFailures, ByCard: r.Per == perCard,
	}
	if b.Limit == 0 {
		b.Limit = math.MaxInt32 // only the lock uses it up
	}
	if r.Per == perPerson {
		b.Scope += "|" + subjectID
	}
	if r.Window != windowDay {
		b.Window, _ = time.ParseDuration(r.Window) // validated when it was loaded
		return b
	}
	b.Scope += "|" + identity.DateAt(now).String()
	b.Window = identity.EndOfDay(now).Sub(now)
	return b
}
