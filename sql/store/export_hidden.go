package store

import (
	"fmt"

	"renzheng/identity"
	"renzheng/keyring"
)

// hiddenRows are todos that a registry has under the document of the viewer and the name of somebody else, with what
// belongs to them. Nothing of them is shown (R8). A case of which the viewer has another todo too is not hidden.
type hiddenRows struct{ hidden, shown map[string]bool }

func (h *hiddenRows) add(shown bool, ids ...string) { //nolint:revive // flag-parameter: which of the two sets
	if h.hidden == nil {
		h.hidden, h.shown = map[string]bool{}, map[string]bool{}
	}
	for _, id := range ids {
		if shown {
			h.shown[id] = true
		} else {
			h.hidden[id] = true
		}
	}
}

func (h *hiddenRows) has(id string) bool { return h.hidden[id] && !h.shown[id] }

// mayShow reports whether a row is shown. Todos are read before what belongs to them.
func (x *exporting) mayShow(table string, raw map[string]any, key *keyring.DataKey) (bool, error) {
	id, caseRow := textOf(raw["id"]), textOf(raw["case_row"])
	switch table {
	case "appeals": // what one reviewer proposes may not come to pass
		if textOf(raw["state"]) == "proposed" {
			raw["outcome"], raw["reason_cipher"], raw["ground_cipher"] = "", []byte(nil), []byte(nil)
		}
	case "todos":
		same, err := x.sameName(id, bytesOf(raw["headline_cipher"]), key)
		x.hidden.add(same, id, caseRow)
		return same, err
	case "cases":
		return !x.hidden.has(id), nil
	case "confirmations":
		if x.hidden.has(textOf(raw["todo_id"])) {
			x.hidden.add(false, id)
		}
	}
	return !x.hidden.has(textOf(raw["todo_id"])) && !x.hidden.has(caseRow) && !x.hidden.has(textOf(raw["confirmation_id"])), nil
}

// sameName reports whether a todo names the viewer. One whose name was erased names nobody else.
func (x *exporting) sameName(todoID string, headline []byte, key *keyring.DataKey) (bool, error) {
	if len(headline) == 0 || key == nil {
		return true, nil
	}
	spelling, _, err := openHeadline(*key, todoID, headline)
	if err != nil {
		return false, err
	}
	name, err := identity.ParseName(spelling)
	if err != nil {
		return false, fmt.Errorf("reading the name of a signer: %w", err)
	}
	return name.Equal(x.name), nil
}
