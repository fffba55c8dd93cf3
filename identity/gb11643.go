package identity

import (
	"strconv"
	"strings"
	"time"
)

const (
	citizenLength = 18
	bodyLength    = citizenLength - 1
	birthStart    = 6 // the birth date is written 20060102 from here
	birthEnd      = birthStart + len(birthLayout)
	birthLayout   = "20060102"
	firstYear     = 1900 // nobody born earlier is alive
)

// gb11643Violation returns the rule that an 18-character number breaks, or "". Birth
// date and check character are the same for all types that have such numbers.
func gb11643Violation(t DocumentType, number string) string {
	if rule := provinceViolation(t, number[:2]); rule != "" {
		return rule
	}
	if _, ok := birthDate(number); !ok {
		return RuleNumberBirthDate
	}
	if check, ok := CheckCharacter(number[:bodyLength]); !ok || check != number[bodyLength] {
		return RuleNumberChecksum
	}
	return ""
}

// provinceViolation returns the rule that the province breaks, or "". It does not
// check the areas within a province: they change over the years, so a list of them
// would reject real people.
func provinceViolation(t DocumentType, province string) string {
	const (
		mainland = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 "
		hkMacau  = " 81 82 "
		taiwan   = " 83 " // residence permits; 71 is the province on resident IDs
	)
	provinces := mainland
	switch t {
	case ResidentID:
		if strings.Contains(hkMacau, province) || strings.Contains(taiwan, province) {
			return RuleNumberIsResidencePermit
		}
	case HKMacauResidencePermit:
		provinces = hkMacau
	case TaiwanResidencePermit:
		provinces = taiwan
	case ForeignPermanentResident, Passport, HKMacauPermit, TaiwanPermit:
		return "" // does not begin with a province
	}
	if !strings.Contains(provinces, province) {
		return RuleNumberProvince
	}
	return ""
}

// birthDate returns the date in an 18-character number, if it is in the calendar.
func birthDate(number string) (Date, bool) {
	at, err := time.Parse(birthLayout, number[birthStart:birthEnd])
	if err != nil || at.Year() < firstYear {
		return Date{}, false
	}
	return dateOf(at), true
}

// CheckCharacter returns the last character of a resident ID for the 17 digits before
// it (GB 11643, that is ISO 7064 MOD 11-2), with X for ten. It returns false unless
// body is 17 digits.
func CheckCharacter(body string) (byte, bool) {
	if len(body) != bodyLength || !digits(body) {
		return 0, false
	}
	const modulus, radix = 11, 2
	remainder := 0
	for _, c := range []byte(body) {
		remainder = (remainder + int(c-'0')) * radix % modulus
	}
	check := (modulus + 1 - remainder) % modulus
	if check == modulus-1 {
		return 'X', true
	}
	return strconv.Itoa(check)[0], true
}
