package console

import (
	"cmp"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/operations"
)

// Registries returns the registries of the settings by name. One that was typed or stored and is not in them is added, so that a form
// keeps it.
func (v *view) Registries(chosen string) []operations.Registry {
	all := slices.Clone(v.call.console.deps.Registries())
	slices.SortFunc(all, func(a, b operations.Registry) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	if chosen != "" && !slices.ContainsFunc(all, func(r operations.Registry) bool { return r.ID == chosen }) {
		all = append(all, operations.Registry{ID: chosen, Name: chosen})
	}
	return all
}

// Registry returns the name of a registry of the settings, and the id of any other.
func (v *view) Registry(id string) string {
	for _, r := range v.call.console.deps.Registries() {
		if r.ID == id {
			return r.Name
		}
	}
	return id
}

// Day returns the day of a time in Beijing, as 2026-12-05.
func (v *view) Day(t time.Time) string { return t.In(identity.Beijing()).Format(time.DateOnly) }
