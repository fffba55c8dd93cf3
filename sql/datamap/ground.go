package datamap

import (
	"maps"
	"slices"
)

// Ground is why a datum may be processed. Articles are those of the Personal Information Protection Law (PIPL).
type Ground string

// grounds are the grounds, with the words of docs/privacy.md.
var grounds = map[Ground]string{ //nolint:gochecknoglobals // a constant table
	"consent":  "consent of the person, separate for what is sensitive (art. 13(1)1, 29)",
	"duty":     "statutory duty of the registration authority to check identities (art. 13(1)3)",
	"proof":    "proof of processing, which has to be kept for three years (art. 55, 56), and of the answer itself",
	"security": "security of processing (art. 51)",
	"none":     "nothing of a person",
}

// Text returns the words of a ground, or "" for an unknown one.
func (g Ground) Text() string { return grounds[g] }

// Grounds returns all grounds by name.
func (m Map) Grounds() []Ground { return slices.Sorted(maps.Keys(grounds)) }
