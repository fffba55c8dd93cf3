package identity

import (
	"fmt"
	"log/slog"
	"time"
)

// LongTerm is what the card prints in place of an end date. Providers have
// other words for it, which their adapters translate.
const LongTerm = "长期"

// Document is an identity document as far as it is known: what it is, its
// number and the name on it, and perhaps its validity. Secrecy: personal;
// renders as type, masked number and masked name. Only where fmt calls no
// method (an unexported field, or a verb it refuses such as %p) does it show
// the dates of the validity too; number and name stay masked even there.
type Document struct {
	Type       DocumentType
	Number     Number
	Name       Name
	ValidFrom  Date // zero: not given
	ValidUntil Date // last valid day; zero: not given, or LongTerm
	LongTerm   bool // 长期: valid without end
}

var (
	_ fmt.Formatter  = Document{}
	_ slog.LogValuer = Document{}
)

// ParseDocument reads type, number and name. Errors: the [FieldError] of
// [ParseNumber] or of [ParseName].
func ParseDocument(t DocumentType, number, name string) (Document, error) {
	parsedNumber, err := ParseNumber(t, number)
	if err != nil {
		return Document{}, err
	}
	parsedName, err := ParseName(name)
	if err != nil {
		return Document{}, err
	}
	return Document{Type: t, Number: parsedNumber, Name: parsedName}, nil
}

// WithValidity gives the document with the validity printed on it: two dates
// written 2006-01-02, the second perhaps 长期, or two empty strings for "not
// given". Errors: a [FieldError] of FieldValidity with RuleValidity.
func (d Document) WithValidity(from, until string) (Document, error) {
	d.ValidFrom, d.ValidUntil, d.LongTerm = Date{}, Date{}, until == LongTerm
	if from == "" && until == "" {
		return d, nil
	}
	var err error
	if d.ValidFrom, err = ParseDate(from); err != nil {
		return Document{}, FieldError{FieldValidity, RuleValidity}
	}
	if d.LongTerm {
		return d, nil
	}
	if d.ValidUntil, err = ParseDate(until); err != nil || !d.ValidFrom.Before(d.ValidUntil) {
		return Document{}, FieldError{FieldValidity, RuleValidity}
	}
	return d, nil
}

// BirthDate gives the birth date that the number carries: those of resident
// IDs, residence permits and permanent residents' cards since 2023 do.
func (d Document) BirthDate() (Date, bool) {
	number := d.Number.Reveal()
	if len(number) != citizenLength {
		return Date{}, false
	}
	return birthDate(number)
}

// BornAfter tells whether the number claims a birth after the Beijing day of
// at, which no real one does. False where it carries no birth date.
func (d Document) BornAfter(at time.Time) bool {
	birth, known := d.BirthDate()
	return known && DateAt(at).Before(birth)
}

// Same tells whether both name the same document of the same person: type,
// number and normalised name are equal. Validity is not compared.
func (d Document) Same(other Document) bool {
	return d.Type == other.Type && d.Number == other.Number && d.Name.Equal(other.Name)
}

// String gives type, masked number and masked name.
func (d Document) String() string {
	return string(d.Type) + " " + d.Number.Masked() + " " + d.Name.Masked()
}

// Format writes String whatever the verb.
func (d Document) Format(out fmt.State, _ rune) { writeMask(out, d.String()) }

// LogValue gives String.
func (d Document) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText gives String, to encoding/json too.
func (d Document) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
