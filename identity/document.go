package identity

import (
	"fmt"
	"log/slog"
	"time"
)

// LongTerm is what the card prints instead of an end date. Providers have other words
// for it, which their adapters translate.
const LongTerm = "长期"

// Document is an identity document as far as it is known: its type, its number, the
// name on it, and its validity if that was given. Secrecy: personal; renders as type,
// masked number and masked name. If fmt calls no method, because the field is
// unexported or the verb is unsuitable such as %p, the dates of the validity are
// shown. Number and name stay masked even then.
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

// ParseDocument parses type, number and name. Errors: the [FieldError] of
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

// WithValidity returns the document with the validity printed on it: two dates in the
// form 2006-01-02, of which the second may be 长期, or two empty strings if none was
// given. Errors: a [FieldError] of FieldValidity with RuleValidity.
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

// BirthDate returns the birth date in the number, if it has one. The numbers of
// resident IDs, residence permits and, since 2023, permanent residence cards have
// one.
func (d Document) BirthDate() (Date, bool) {
	number := d.Number.Reveal()
	if len(number) != citizenLength {
		return Date{}, false
	}
	return birthDate(number)
}

// BornAfter reports whether the birth date in the number is after the Beijing day of
// at, which no real one is. It returns false for a number without a birth date.
func (d Document) BornAfter(at time.Time) bool {
	birth, ok := d.BirthDate()
	return ok && DateAt(at).Before(birth)
}

// Same reports whether both are the same document of the same person: type, number
// and normalized name are equal. Validity is not compared.
func (d Document) Same(other Document) bool {
	return d.Type == other.Type && d.Number == other.Number && d.Name.Equal(other.Name)
}

// String returns type, masked number and masked name.
func (d Document) String() string {
	return string(d.Type) + " " + d.Number.Masked() + " " + d.Name.Masked()
}

// Format writes String whatever the verb.
func (d Document) Format(out fmt.State, _ rune) { writeMask(out, d.String()) }

// LogValue returns String.
func (d Document) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText returns String. encoding/json uses it too.
func (d Document) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
