package notice

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// problems lists what the law, or a flow, would miss (R34).
func (n *Set) problems() []error {
	var found []error
	seen := map[string]bool{}
	for i, data := range n.all {
		if seen[data.ID] {
			found = append(found, fmt.Errorf("notice %q comes twice", data.ID))
		}
		seen[data.ID] = true
		if err := data.problem(); err != nil {
			found = append(found, fmt.Errorf("notice %d (%s): %w", i, data.ID, err))
		}
	}
	return append(found, n.flowProblems()...)
}

func (d entry) problem() error {
	var found []error
	if d.ID == "" || d.Version == "" {
		found = append(found, errors.New("id or version is empty"))
	}
	for language := range d.Texts {
		if language != identity.Chinese && language != identity.Traditional && language != identity.English {
			found = append(found, fmt.Errorf("language %q is unknown", language))
		}
	}
	if !slices.Contains(Kinds(), d.Kind) {
		found = append(found, fmt.Errorf("kind %q is unknown", d.Kind))
	}
	for _, language := range identity.Languages() {
		written, ok := d.Texts[language]
		if !ok && language == identity.Traditional {
			continue // read in the default language
		}
		if !ok {
			found = append(found, fmt.Errorf("%s is missing", language))
			continue
		}
		for _, part := range written.missing() {
			found = append(found, fmt.Errorf("%s lacks %s", language, part))
		}
	}
	return errors.Join(found...)
}

// missing names the parts without text.
func (t text) missing() []string {
	var names []string
	for _, part := range []struct{ name, text string }{
		{"title", t.Title},
		{"statement", t.Statement},
		{"who", t.Parts.Who},
		{"purpose", t.Parts.Purpose},
		{"method", t.Parts.Method},
		{"kinds", t.Parts.Kinds},
		{"recipients", t.Parts.Recipients},
		{"retention", t.Parts.Retention},
		{"rights", t.Parts.Rights},
		{"way_without_face", t.Parts.WayWithoutFace},
		{"withdrawal", t.Parts.Withdrawal},
	} {
		if strings.TrimSpace(part.text) == "" {
			names = append(names, part.name)
		}
	}
	return names
}

// flowProblems demands exactly one notice of each kind for every flow that can
// ask for it: none would leave a check without consent for good, two would ask
// twice.
func (n *Set) flowProblems() []error {
	var found []error
	for _, channel := range policy.Channels() {
		for _, document := range identity.DocumentTypes() {
			for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
				r := policy.Route{Purpose: purpose, Document: document, Channel: channel}
				needed := Required(purpose, policy.CheckKinds()...) // by the most demanding policy
				for _, kind := range Kinds() {
					if got := n.count(r, kind); got > 1 || got == 0 && slices.Contains(needed, kind) {
						found = append(found, fmt.Errorf("%s of %s in %s has %d notices of kind %s",
							purpose, document, channel, got, kind))
					}
				}
			}
		}
	}
	return found
}

func (n *Set) count(r policy.Route, kind Kind) int {
	total := 0
	for _, data := range n.all {
		if data.Kind == kind && data.fits(r) {
			total++
		}
	}
	return total
}
