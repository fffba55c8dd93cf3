package staff

import (
	_ "embed" // the texts
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed texts.json
var textsJSON []byte

// texts are the names of roles and purposes.
type texts struct {
	Roles    map[Role]identity.Text    `json:"roles"`
	Purposes map[Purpose]identity.Text `json:"purposes"`
}

// names is checked when the program starts.
var names = mustLoad(textsJSON) //nolint:gochecknoglobals // read-only, loaded once

// Text returns the name of a role. An unknown role has none.
func (r Role) Text() identity.Text { return names.Roles[r] }

// Text returns what a purpose is, towards the person. An unknown purpose has none.
func (p Purpose) Text() identity.Text { return names.Purposes[p] }

func mustLoad(raw []byte) texts {
	t, err := load(raw)
	if err != nil {
		panic("staff: " + err.Error())
	}
	return t
}

// load reports every text that is missing in some language.
func load(raw []byte) (texts, error) {
	var t texts
	if err := strictjson.Decode(raw, &t); err != nil {
		return texts{}, fmt.Errorf("reading the texts of staff: %w", err)
	}
	var problems []error
	for _, r := range Roles() {
		problems = append(problems, complete(t.Roles[r], "role "+string(r)))
	}
	for _, p := range Purposes() {
		problems = append(problems, complete(t.Purposes[p], "purpose "+string(p)))
	}
	return t, errors.Join(problems...)
}

func complete(text identity.Text, what string) error {
	if missing := text.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s has no text in %v", what, missing)
	}
	return nil
}
