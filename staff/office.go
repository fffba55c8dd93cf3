package staff

import (
	"errors"
	"maps"
	"slices"

	"renzheng/identity"
)

// Offices are the names of offices by id. If it is empty, every valid id is an office and is shown as its name.
type Offices map[string]identity.Text

// Validate returns everything that is wrong with the ids and names.
func (o Offices) Validate() error {
	if len(o) == 0 {
		return errors.New("there must be an office")
	}
	var problems []error
	for _, id := range slices.Sorted(maps.Keys(o)) {
		if !IsOffice(id) {
			problems = append(problems, errors.New("an id of an office must be letters, digits, '.', '_' and '-'"))
		}
		problems = append(problems, complete(o[id], "office "+id))
	}
	return errors.Join(problems...)
}

// Has reports whether an id is that of an office.
func (o Offices) Has(id string) bool {
	_, ok := o[id]
	return ok || len(o) == 0 && IsOffice(id)
}

// Name returns the name of an office. That of an unknown one is its id.
func (o Offices) Name(id, language string) string {
	if name, ok := o[id]; ok {
		return name.For(language)
	}
	return id
}
