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
	firstYear     = 1900 // nobody older is alive to be verified
)

// refuseCitizenNumber gives the rule that an 18-character number breaks, or
// "". All types that have such numbers share birth date and check character.
func refuseCitizenNumber(t DocumentType, number string) string {
	if rule := refuseProvince(t, number[:2]); rule != "" {
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

// refuseProvince looks at the province alone: the areas inside one change over
// the years, so a list of them would refuse real people.
func refuseProvince(t DocumentType, province string) string {
	const (
		mainland = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 "
		hkMacau  = " 81 82 "
		taiwan   = " 83 " // residence permits; 71 is the province on resident IDs
	)
	known := mainland
	switch t {
	case ResidentID:
		if strings.Contains(hkMacau+taiwan, province) {
			return RuleNumberIsResidencePermit
		}
	case HKMacauResidencePermit:
		known = hkMacau
	case TaiwanResidencePermit:
		known = taiwan
	case ForeignPermanentResident, Passport, HKMacauPermit, TaiwanPermit:
		return "" // no province in front
	}
	if !strings.Contains(known, province) {
		return RuleNumberProvince
	}
	return ""
}

// birthDate gives the date that an 18-character number carries, if it is one
// of the calendar.
func birthDate(number string) (Date, bool) {
	at, err := time.Parse(birthLayout, number[birthStart:birthEnd])
	if err != nil || at.Year() < firstYear {
		return Date{}, false
	}
	return dateOf(at), true
}

// CheckCharacter gives the last character of a resident ID from the 17 digits
// before it (GB 11643, that is ISO 7064 MOD 11-2), X for ten. False where body
// is anything but 17 digits.
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
