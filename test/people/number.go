package people

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
)

// The pattern of a number with a birth date: prefix, fate, birth date, sequence,
// check character.
const (
	dateLayout = "20060102"
	numberLen  = 18

	sequences    = 999    // 001 to 999 on one day of birth
	adultDays    = 10_000 // born from 1970-01-01 to 1997-05-18
	childDays    = 300    // born from 1 January to October of the year
	childSerials = sequences * childDays
)

// number returns the number of a person.
func (s shape) number(k kind, serial int, now time.Time) string {
	if !s.dated() {
		return s.prefix + k.area + fmt.Sprintf("%0*d", s.serials, serial)
	}
	birth := k.firstBirth(now).AddDate(0, 0, serial/sequences)
	body := s.prefix + k.area + birth.Format(dateLayout) + fmt.Sprintf("%03d", serial%sequences+1)
	check, _ := identity.CheckCharacter(body)
	return body + string(check)
}

// firstBirth returns the birth date of the first person.
func (k kind) firstBirth(now time.Time) time.Time {
	year := 1970
	if k.age > 0 {
		year = now.UTC().Year() - k.age
	}
	return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
}

// ByNumber returns the person of a number, and false for a number that does not
// exactly match a pattern.
func ByNumber(number string, now time.Time) (Person, bool) {
	for _, s := range shapes() {
		rest, begins := strings.CutPrefix(number, s.prefix)
		if !begins || len(rest) < len("00") {
			continue
		}
		for _, k := range kinds() {
			serial, reads := s.serial(k, rest[2:], now)
			if k.area != rest[:2] || !reads {
				continue
			}
			if p, found := Holder(s.form, k.fate, serial, now); found && p.Number == number {
				return p, true
			}
		}
	}
	return Person{}, false
}

// serial reads the part after the digits of the fate.
func (s shape) serial(k kind, rest string, now time.Time) (int, bool) {
	if !s.dated() {
		serial, err := strconv.Atoi(rest)
		return serial, err == nil && len(rest) == s.serials
	}
	if len(s.prefix)+len(k.area)+len(rest) != numberLen {
		return 0, false
	}
	birth, errBirth := time.Parse(dateLayout, rest[:8])
	sequence, errSequence := strconv.Atoi(rest[8:11])
	if errBirth != nil || errSequence != nil {
		return 0, false
	}
	days := int(birth.Sub(k.firstBirth(now)) / (24 * time.Hour))
	return days*sequences + sequence - 1, true
}

// card returns a card number that no bank has: 629999, the area, ten digits and the Luhn digit.
func (k kind) card(serial int) string {
	body := fmt.Sprintf("629999%s%010d", k.area, serial)
	sum := 0
	for i := range len(body) {
		digit := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return body + strconv.Itoa((10-sum%10)%10)
}
