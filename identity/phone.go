package identity

import "strings"

const (
	phoneLength = 11
	lastDigits  = 4

	shortestForeign = 8 // digits with the country code
)

// Phone is a mobile number of the mainland: 11 digits, the first 1, the second
// 3 to 9. Comparable with ==. Secrecy: personal, masked except for the first three
// and last four digits.
type Phone struct{ redacted }

// ParsePhone reads a phone number as people type and paste it: digits of every
// width, with spaces, hyphens, brackets and the country code 86 in any form.
// Errors: a [FieldError] of FieldPhone with RulePhoneFormat or RulePhoneForeign.
func ParsePhone(raw string) (Phone, error) {
	if len(raw) > maxRawBytes {
		return Phone{}, FieldError{FieldPhone, RulePhoneFormat}
	}
	number := strings.NewReplacer("(", "", ")", "", "[", "", "]", "").Replace(compact(raw))
	if len(number) > phoneLength {
		number = withoutCountryCode(number)
	}
	if rule := phoneViolation(number); rule != "" {
		return Phone{}, FieldError{FieldPhone, rule}
	}
	return Phone{redact(number, maskMiddle(number, 3, lastDigits))}, nil
}

// phoneViolation returns the rule that a compact number breaks, or "". It returns
// RulePhoneForeign for a number that is complete abroad or on a landline, and
// RulePhoneFormat for one that is incomplete.
func phoneViolation(number string) string {
	local, international := strings.CutPrefix(number, "+")
	switch {
	case !digits(local):
		return RulePhoneFormat
	case international && len(local) >= shortestForeign, len(number) == phoneLength && (number[0] != '1' || number[1] < '3'):
		return RulePhoneForeign
	case international, len(number) != phoneLength:
		return RulePhoneFormat
	}
	return ""
}

// Last4 returns the last four digits, which may be shown and stored, or "" for the
// zero value.
func (p Phone) Last4() string { return last4(p.Reveal()) }

func withoutCountryCode(number string) string {
	for _, prefix := range []string{"+86", "0086", "86"} {
		if rest, ok := strings.CutPrefix(number, prefix); ok {
			return rest
		}
	}
	return number
}

func last4(number string) string {
	return number[max(0, len(number)-lastDigits):]
}
