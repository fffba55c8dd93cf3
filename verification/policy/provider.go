package policy

import (
	"errors"
	"fmt"
	"slices"

	"renzheng/strictjson"
)

// Provider may do a check. Weight is its share of the verifications.
type Provider struct {
	Name   string `json:"name"`
	Weight int    `json:"weight"` // 0 for a standby, which is used only if no other provider is available
}

// maxWeight bounds a weight. Finer shares are not needed.
const maxWeight = 1000

// Providers is a list of providers. It unmarshals [{"name", "weight"}, …], or names
// alone, ["a", "b"], in order of preference: then the first has all the weight, and
// the others are on standby.
type Providers []Provider

// UnmarshalJSON parses either form, but not a mixture.
func (p *Providers) UnmarshalJSON(raw []byte) error {
	var names []string
	if strictjson.Decode(raw, &names) == nil {
		*p = nil
		for i, name := range names {
			weight := 0
			if i == 0 {
				weight = 1
			}
			*p = append(*p, Provider{Name: name, Weight: weight})
		}
		return nil
	}
	var shares []struct {
		Name   string `json:"name"`
		Weight *int   `json:"weight"`
	}
	if strictjson.Decode(raw, &shares) != nil {
		return strictjson.ValueError("providers are names, or objects of name and weight")
	}
	*p = nil
	for _, share := range shares {
		if share.Weight == nil {
			return strictjson.ValueError(fmt.Sprintf("provider %q has no weight", share.Name))
		}
		*p = append(*p, Provider{Name: share.Name, Weight: *share.Weight})
	}
	return nil
}

// validate returns an error for a list that is not consistent.
func (p Providers) validate() error {
	seen, total := map[string]bool{}, 0
	for _, one := range p {
		switch {
		case one.Name == "" || one.Name == EveryProvider || len(one.Name) > maxProviderName:
			return errors.New("needs providers by name")
		case seen[one.Name]:
			return fmt.Errorf("names provider %q twice", one.Name)
		case one.Weight < 0 || one.Weight > maxWeight:
			return fmt.Errorf("gives provider %q a weight outside 0 to %d", one.Name, maxWeight)
		}
		seen[one.Name] = true
		total += one.Weight
	}
	if len(p) == 0 {
		return errors.New("needs providers by name")
	}
	if total == 0 {
		return errors.New("needs a provider with a weight")
	}
	return nil
}

// Providers returns the providers that may do a check of a route, in the order of the
// policy.
func (p *Policy) Providers(r Route, kind CheckKind) []Provider {
	steps, _ := p.Steps(r)
	for _, step := range steps {
		if step.Check == kind {
			return slices.Clone([]Provider(step.Providers))
		}
	}
	return nil
}
