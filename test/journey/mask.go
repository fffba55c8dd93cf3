package journey

import (
	"strings"

	"renzheng/test/people"
)

// maskedOf returns a person's document as the server may show it: the last character
// of the name, and the first and the last of the number.
func maskedOf(p people.Person) Masked {
	name := []rune(p.Name)
	last := len(p.Number) - 1
	return Masked{
		Type:         string(p.Type()),
		NumberMasked: p.Number[:1] + strings.Repeat("*", last-1) + p.Number[last:],
		NameMasked:   strings.Repeat("*", len(name)-1) + string(name[len(name)-1:]),
	}
}
