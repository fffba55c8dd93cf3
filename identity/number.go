package identity

import "strings"

// Number is the normalized number of a document: half width, upper case, no white
// space, 8 to 18 characters of A–Z and 0–9. Numbers are comparable with ==; the
// document type is not part of them. Secrecy: personal, masked except for the first
// and last character.
type Number struct{ redacted }

// ParseNumber parses a number of the document type t as people type and paste it or
// as a system sends it: in every width and case, with spaces and hyphens, and with
// letters and signs that look like Latin letters. The count of issues and the code of
// the issuing place at the end of a permit's number are dropped, because the number
// before them is the person's for life.
//
// ParseNumber has no clock, so it accepts a birth date in the future: see
// [Document.BornAfter].
//
// Errors: a [FieldError] of FieldType, or of FieldNumber with one of the RuleNumber
// constants.
func ParseNumber(t DocumentType, raw string) (Number, error) {
	if !t.Valid() {
		return Number{}, FieldError{FieldType, RuleTypeUnknown}
	}
	if len(raw) > maxRawBytes {
		return Number{}, FieldError{FieldNumber, RuleNumberLength}
	}
	number := compact(raw)
	if rule := numberViolation(t, number); rule != "" {
		return Number{}, FieldError{FieldNumber, rule}
	}
	number = canonical(t, number)
	return Number{redact(number, maskMiddle(number, 1, 1))}, nil
}

// numberViolation returns the rule that the compact number breaks, or "".
func numberViolation(t DocumentType, number string) string {
	if number == "" {
		return RuleNumberEmpty
	}
	if strings.Trim(number, alphabet(t)) != "" {
		return RuleNumberAlphabet
	}
	if rule := formatViolation(number, formats(t)); rule != "" {
		return rule
	}
	if len(number) != citizenLength {
		return ""
	}
	return gb11643Violation(t, number)
}

// alphabet returns the characters in the numbers of a type. With it, a letter O in a
// resident ID breaks another rule than digits in a wrong order.
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

// canonical returns the part of a number that is the person's for life. A Taiwan
// permit for a single journey has no such part: its number is returned whole.
func canonical(t DocumentType, number string) string {
	switch {
	case t == HKMacauPermit:
		return number[:hkMacauPermitLength]
	case t == TaiwanPermit && number[0] != 'T':
		return number[:taiwanPermitLength]
	}
	return number
}
