package store

import (
	"context"

	"renzheng/identity"
	"renzheng/operations"
	"renzheng/verification/policy"
)

var _ operations.SwitchStore = (*Store)(nil)

// CurrentSwitches implements [operations.SwitchStore].
func (s *Store) CurrentSwitches(ctx context.Context) ([]operations.Switch, error) {
	all, err := s.Switches(ctx)
	return listedSwitches(all), err
}

// ChangedSwitches implements [operations.SwitchStore].
func (s *Store) ChangedSwitches(ctx context.Context, last int) ([]operations.Switch, error) {
	all, err := s.SwitchHistory(ctx, last)
	return listedSwitches(all), err
}

func listedSwitches(all []policy.Switch) []operations.Switch {
	found := make([]operations.Switch, len(all))
	for i, w := range all {
		text := map[string]string{}
		for _, language := range identity.Languages() {
			text[language] = w.Text.For(language)
		}
		found[i] = operations.Switch{
			Check: string(w.Check), Provider: w.Provider, State: string(w.State), Text: text, Until: w.Until, ChangedAt: w.ChangedAt, ChangedBy: w.ChangedBy,
		}
	}
	return found
}
