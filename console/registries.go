package console

import (
	"strings"
	"time"

	"renzheng/operations"
)

// registryData is a registry with what it asked and what it has not received.
type registryData struct {
	operations.Registry

	Seen     []operations.Seen
	Backlogs []operations.Backlog
	LastAt   time.Time
}

type registriesData struct {
	Registries []registryData
	Strangers  []operations.Seen // requests of nobody known
}

// countedDays is how far back the pages look.
const countedDays = 7

func (c *call) registries() (answer, error) {
	configured := c.console.deps.Registries()
	counts, err := c.console.deps.Counts.Counts(c.ctx(), c.console.deps.Clock().AddDate(0, 0, -countedDays))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(configured))
	for i, r := range configured {
		ids[i] = r.ID
	}
	backlogs, err := c.console.deps.Backlogs.RegistryBacklogs(c.ctx(), ids)
	if err != nil {
		return nil, err
	}
	var d registriesData
	for _, r := range configured {
		one := registryData{Registry: r, Seen: operations.SeenOf(counts, r.ID, func(operations.Count) bool { return true })}
		for _, s := range one.Seen {
			if s.LastAt.After(one.LastAt) {
				one.LastAt = s.LastAt
			}
		}
		for _, b := range backlogs {
			if b.RegistryID == r.ID {
				one.Backlogs = append(one.Backlogs, b)
			}
		}
		d.Registries = append(d.Registries, one)
	}
	d.Strangers = operations.SeenOf(counts, "", ofStrangers)
	return page{name: "registries", data: d}, nil
}

// ofStrangers reports whether a count is of requests whose signature was rejected.
func ofStrangers(c operations.Count) bool {
	return strings.HasPrefix(c.Code, "signature_") || c.Code == "key_unknown" || c.Code == "digest_mismatch"
}

// SeenTable is the data of the table of requests.
func (v *view) SeenTable(name string, seen []operations.Seen) any {
	return struct {
		View *view
		Name string
		Seen []operations.Seen
	}{v, name, seen}
}
