package appeal

import (
	"strings"

	"renzheng/identity"
	"renzheng/identity/photo"
)

// Agreement is whether two sources agree about a field of a document.
type Agreement string

// The agreements.
const (
	Unknown Agreement = "unknown" // one of the two has no value
	Same    Agreement = "same"
	Differs Agreement = "differs"
)

// Line is one field of a photo that was read, for reviewers.
type Line struct {
	Field     string          // name, number, issuer or validity
	Read      identity.Secret // personal
	Corrected identity.Secret // what the person says instead; zero if nothing

	PersonAgrees           Agreement // with what was read; Unknown before they confirmed
	ReadMatchesTyped       Agreement // the document that was typed for the verification
	CorrectionMatchesTyped Agreement // the same document
}

// Lines compares a reading with what the person says and with the document that was typed for the verification of the appeal, whose
// values are not in the result. Names are compared as they are everywhere, whatever look-alikes they are written with.
func (r PhotoReading) Lines(typed identity.Document) []Line {
	v := r.Values
	if r.State != Read || v.Fault != "" {
		return nil
	}
	var lines []Line
	add := func(field, read, corrected, document string, normal func(string) string) {
		if read == "" && corrected == "" {
			return
		}
		line := Line{Field: field, Read: identity.NewSecret(read), PersonAgrees: Unknown, ReadMatchesTyped: agree(read, document, normal), CorrectionMatchesTyped: agree(corrected, document, normal)}
		switch {
		case corrected != "":
			line.Corrected, line.PersonAgrees = identity.NewSecret(corrected), agree(read, corrected, normal)
		case !r.ConfirmedAt.IsZero():
			line.PersonAgrees = Same
		}
		lines = append(lines, line)
	}
	add("name", v.Name.Reveal(), r.Correction.Name.Reveal(), typed.Name.Original(), nameOf)
	add("number", v.Number.Reveal(), r.Correction.Number.Reveal(), typed.Number.Reveal(), numberOf)
	add("issuer", v.Issuer.Reveal(), "", "", strings.TrimSpace)
	c := r.Correction
	add("validity", period(v.From, v.Until, v.LongTerm), period(c.ValidFrom, c.ValidUntil, c.LongTerm), period(typed.ValidFrom, typed.ValidUntil, typed.LongTerm), strings.TrimSpace)
	return lines
}

func agree(a, b string, normal func(string) string) Agreement {
	switch {
	case a == "" || b == "":
		return Unknown
	case normal(a) == normal(b):
		return Same
	}
	return Differs
}

// nameOf returns a name as names are compared; a text that is not a name stays as it was read.
func nameOf(raw string) string {
	name, err := identity.ParseName(raw)
	if err != nil {
		return raw
	}
	return name.Reveal()
}

func numberOf(raw string) string {
	number, err := identity.ParseNumber(identity.ResidentID, raw)
	if err != nil {
		return strings.ToUpper(raw)
	}
	return number.Reveal()
}

func period(from, until identity.Date, longTerm bool) string {
	switch {
	case from.IsZero():
		return ""
	case longTerm:
		return from.String() + " – " + identity.LongTerm
	case until.IsZero():
		return from.String()
	}
	return from.String() + " – " + until.String()
}

// Hints returns the warnings of a reading that help its person to take a better photo, or to bring another document. What tells how
// a forgery was found is for reviewers.
func (r PhotoReading) Hints() []photo.Warning {
	var hints []photo.Warning
	for _, w := range r.Values.Warnings {
		switch w {
		case photo.Expired, photo.Incomplete, photo.Covered, photo.Glare, photo.Blurred:
			hints = append(hints, w)
		case photo.Copy, photo.Reshot, photo.Forged, photo.Temporary, photo.NoValidity, photo.OtherReason:
		}
	}
	return hints
}
