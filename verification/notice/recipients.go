package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"renzheng/identity"
)

// recipientsMark stands in a text where the recipients are named that a server uses.
const recipientsMark = "{recipients}"

// recipients are the third parties that a notice can name, by their name in the settings, then by language.
type recipients map[string]map[string]string

// Naming returns the set in which a notice of a kind names those of its recipients that this server uses, in the order in which it
// asks them: a person agrees to nobody else, and to others only anew. A notice whose text names them itself stays as it is. It returns
// an error for each one that a notice cannot name.
func (n *Set) Naming(kind Kind, used []string) (*Set, error) {
	named := &Set{all: slices.Clone(n.all), hashes: maps.Clone(n.hashes)}
	for i, data := range named.all {
		if data.Kind != kind || len(data.Recipients) == 0 {
			continue
		}
		for _, name := range used {
			if data.Recipients[name] == nil {
				return nil, fmt.Errorf("notice %q has no recipient %q", data.ID, name)
			}
		}
		data.Texts = maps.Clone(data.Texts)
		for language, shown := range data.Texts {
			var names []string
			for _, name := range used {
				names = append(names, data.Recipients[name][language])
			}
			shown.Parts.Recipients = strings.ReplaceAll(shown.Parts.Recipients, recipientsMark, strings.Join(names, either(language)))
			data.Texts[language] = shown
		}
		data.Recipients = nil
		hashes, err := data.hashes()
		if err != nil {
			return nil, err
		}
		named.all[i], named.hashes[data.ID] = data, hashes
	}
	return named, nil
}

// either joins names of which one is meant.
func either(language string) string {
	return map[string]string{identity.Chinese: "或", identity.Traditional: "或", identity.English: " or "}[language]
}

// validateRecipients requires a name in each language of the notice for each recipient, and the place where it is shown.
func (d entry) validateRecipients() error {
	for language, written := range d.Texts {
		if strings.Contains(written.Parts.Recipients, recipientsMark) != (len(d.Recipients) > 0) {
			return fmt.Errorf("%s: recipients must be named where the text has %s, and only there", language, recipientsMark)
		}
		for name, names := range d.Recipients {
			if !isText(names[language], longestTitle) {
				return fmt.Errorf("%s: the name of recipient %q must have 1 to %d characters", language, name, longestTitle)
			}
		}
	}
	return nil
}
