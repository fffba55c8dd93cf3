package identity

import (
	"strings"
)

// Number is the normalised number of a document: half width, upper case, no
// white space, 8 to 18 characters of A–Z and 0–9. Two numbers are equal by ==
// when they are spelled the same; the document type is not part of it.
// Secrecy: personal, masked but for the first and last character.
type Number struct{ veiled }

// ParseNumber reads a number of the document type t as people type and paste it
// or as a system sends it: in every width and case, with spaces and hyphens, and
// with letters and signs that look like Latin letters. The renewal count at the end
// of a Hong Kong or Macau permit's number is dropped, because the number before it
// never changes.
//
// Whether a birth date in the number has come yet is not looked at, for want
// of a clock: see [Document.BornAfter].
//
// Errors: a [Problem] of FieldType, or of FieldNumber with one of the
// RuleNumber constants.
func ParseNumber(t DocumentType, raw string) (Number, error) {
	if !t.Valid() {
		return Number{}, Problem{FieldType, RuleTypeUnknown}
	}
	if len(raw) > maxRawBytes {
		return Number{}, Problem{FieldNumber, RuleNumberLength}
	}
	number := compact(raw)
	if rule := refuseNumber(t, number); rule != "" {
		return Number{}, Problem{FieldNumber, rule}
	}
	number = canonical(t, number)
	return Number{veil(number, hide(number, 1, 1))}, nil
}

// refuseNumber gives the rule that the compact number breaks, or "".
func refuseNumber(t DocumentType, number string) string {
	if number == "" {
		return RuleNumberEmpty
	}
	if strings.Trim(number, alphabet(t)) != "" {
		return RuleNumberAlphabet
	}
	if rule := refuseShape(number, shapes(t)); rule != "" {
		return rule
	}
	if len(number) != citizenLength {
		return ""
	}
	return refuseCitizenNumber(t, number)
}

// alphabet gives the characters in the numbers of a type, so that a letter O
// in a resident ID is told from digits in a wrong order.
func alphabet(t DocumentType) string {
	const decimal, upper = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	switch t {
	case ResidentID, HKMacauResidencePermit, TaiwanResidencePermit:
		return decimal + "X"
	case TaiwanPermit:
		return decimal + upper + "()"
	case Passport, HKMacauPermit, ForeignPermanentResident:
	}
	return decimal + upper
}

// canonical leaves one spelling for each number.
func canonical(t DocumentType, number string) string {
	if t == HKMacauPermit {
		return number[:hkMacauPermitLength]
	}
	return strings.ReplaceAll(strings.ReplaceAll(number, "(", ""), ")", "")
}
