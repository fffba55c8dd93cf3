package staff

import (
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/strictjson"
)

// Offices are the names of offices by id. If it is empty, every valid id is an office and is shown as its name.
type Offices map[string]identity.Text

// LoadOffices reads a JSON object of names by id.
func LoadOffices(raw []byte) (Offices, error) {
	var o Offices
	if err := strictjson.Decode(raw, &o); err != nil {
		return nil, fmt.Errorf("reading the offices: %w", err)
	}
	if len(o) == 0 {
		return nil, errors.New("there must be an office")
	}
	var problems []error
	for id, name := range o {
		if !IsOffice(id) {
			problems = append(problems, errors.New("an id of an office must be letters, digits, '.', '_' and '-'"))
		}
		problems = append(problems, complete(name, "office "+id))
	}
	return o, errors.Join(problems...)
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
