package identity

const (
	minCardLength = 13
	maxCardLength = 19
)

// BankCard is the number of a bank card, 13 to 19 digits. Comparable with ==.
// Secrecy: personal and dropped when the attempt ends (R13); masked except for
// the last four digits.
type BankCard struct{ redacted }

// ParseBankCard reads a card number as people type and paste it: digits of every
// width, with spaces and hyphens. It does not check the Luhn digit, because valid
// cards that replaced old passbooks fail it.
// Errors: a [FieldError] of FieldCard with RuleCardFormat.
func ParseBankCard(raw string) (BankCard, error) {
	if len(raw) > maxRawBytes {
		return BankCard{}, FieldError{FieldCard, RuleCardFormat}
	}
	number := compact(raw)
	if len(number) < minCardLength || len(number) > maxCardLength || !digits(number) {
		return BankCard{}, FieldError{FieldCard, RuleCardFormat}
	}
	return BankCard{redact(number, maskMiddle(number, 0, lastDigits))}, nil
}

// Last4 returns the last four digits, which may be shown and stored, or "" for the
// zero value.
func (c BankCard) Last4() string { return last4(c.Reveal()) }
