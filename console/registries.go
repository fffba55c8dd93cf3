package console

import (
	"strings"
	"time"

	"renzheng/operations"
)

// registryData is a registry with its requests and the events that it has not received.
type registryData struct {
	operations.Registry

	Uses     []operations.OperationUse
	Backlogs []operations.Backlog
	LastAt   time.Time // of its latest request; zero if there was none in countedDays
}

// registriesData is the data of the page.
type registriesData struct {
	Registries []registryData
	Strangers  []operations.OperationUse // by requests whose signature was rejected
}

// countedDays is how many days of requests the page counts.
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
		data := registryData{Registry: r, Uses: operations.UseOf(counts, r.ID, func(operations.Count) bool { return true })}
		if len(data.Uses) > 0 {
			data.LastAt = data.Uses[0].LastAt // the latest comes first
		}
		for _, b := range backlogs {
			if b.RegistryID == r.ID {
				data.Backlogs = append(data.Backlogs, b)
			}
		}
		d.Registries = append(d.Registries, data)
	}
	d.Strangers = operations.UseOf(counts, "", isOfStranger)
	return page{name: "registries", data: d}, nil
}

// isOfStranger reports whether a count is of requests whose signature was rejected, so that nobody knows who sent them.
func isOfStranger(c operations.Count) bool {
	return strings.HasPrefix(c.Code, "signature_") || c.Code == "key_unknown" || c.Code == "digest_mismatch"
}

// UseTable returns the data of a table of requests by operation. name is that of the registry or the group.
func (v *view) UseTable(name string, uses []operations.OperationUse) any {
	return struct {
		View *view
		Name string
		Uses []operations.OperationUse
	}{v, name, uses}
}
