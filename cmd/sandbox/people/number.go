package people

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
)

// The pattern of a number: area, birth date, sequence, check character.
const (
	area       = "1199" // of Beijing, 99: no such place was ever registered
	dateLayout = "20060102"
	numberLen  = 18

	sequences    = 999    // 001 to 999 on one day of birth
	adultDays    = 10_000 // born from 1970-01-01 to 1997-05-18
	childDays    = 300    // born from 1 January to October of the year
	childSerials = sequences * childDays
)

// number gives the number of an instance.
func (k kind) number(serial int, now time.Time) string {
	birth := k.firstBirth(now).AddDate(0, 0, serial/sequences)
	body := area + k.area + birth.Format(dateLayout) + fmt.Sprintf("%03d", serial%sequences+1)
	check, _ := identity.CheckCharacter(body)
	return body + string(check)
}

// firstBirth gives the birth date of the first instance.
func (k kind) firstBirth(now time.Time) time.Time {
	year := 1970
	if k.age > 0 {
		year = now.UTC().Year() - k.age
	}
	return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
}

// ByNumber finds the person of a number. False for every number that is not
// exactly one of the pattern.
func ByNumber(number string, now time.Time) (Person, bool) {
	rest, ours := strings.CutPrefix(number, area)
	if !ours || len(number) != numberLen {
		return Person{}, false
	}
	birth, errBirth := time.Parse(dateLayout, rest[2:10])
	sequence, errSequence := strconv.Atoi(rest[10:13])
	if errBirth != nil || errSequence != nil {
		return Person{}, false
	}
	for _, k := range kinds() {
		if k.area != rest[:2] {
			continue
		}
		days := int(birth.Sub(k.firstBirth(now)) / (24 * time.Hour))
		p, found := New(k.fate, days*sequences+sequence-1, now)
		return p, found && p.Number == number
	}
	return Person{}, false
}

// card gives a card of no bank: 629999, the area, ten digits and the Luhn digit.
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
