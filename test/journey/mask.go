package journey

import (
	"strings"

	"renzheng/test/people"
)

// maskedOf gives a person's document as the server may show it: of the name the
// last character, of the number the first and the last.
func maskedOf(p people.Person) Masked {
	name := []rune(p.Name)
	last := len(p.Number) - 1
	return Masked{
		Type:         string(p.Type()),
		NumberMasked: p.Number[:1] + strings.Repeat("*", last-1) + p.Number[last:],
		NameMasked:   strings.Repeat("*", len(name)-1) + string(name[len(name)-1:]),
	}
}
