package identity

import "strings"

const (
	creditCodeLength   = 18
	creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // without I, O, S, V and Z
)

// CheckCreditCode returns an error unless code is a unified social credit code
// (统一社会信用代码), by which an enterprise of the mainland is registered. It has
// 18 digits and upper-case letters. The third to eighth are digits and name a
// place, and the last is a check character. Lower case and spaces are errors. The
// code is public.
//
// Errors: a [FieldError] of FieldCreditCode with one of the RuleCreditCode
// constants. Source: GB 32100-2015.
func CheckCreditCode(code string) error {
	if len(code) != creditCodeLength || strings.Trim(code, creditCodeAlphabet) != "" || strings.Trim(code[2:8], "0123456789") != "" {
		return FieldError{FieldCreditCode, RuleCreditCodeFormat}
	}
	if CreditCodeCheck(code[:creditCodeLength-1]) != code[creditCodeLength-1] {
		return FieldError{FieldCreditCode, RuleCreditCodeChecksum}
	}
	return nil
}

// CreditCodeCheck returns the check character for the first 17 characters of a
// unified social credit code, which must be of its alphabet.
func CreditCodeCheck(body string) byte {
	const modulus = len(creditCodeAlphabet)
	sum, weight := 0, 1
	for i := range len(body) {
		sum += strings.IndexByte(creditCodeAlphabet, body[i]) * weight
		weight = weight * 3 % modulus
	}
	return creditCodeAlphabet[(modulus-sum%modulus)%modulus]
}
