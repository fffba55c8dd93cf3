package identity

import (
	"cmp"
	"time"
)

const (
	dateLayout    = "2006-01-02"
	beijingOffset = 8 * 60 * 60 // seconds; no summer time since 1992
)

// Date is a day of the civil calendar, without time or zone. The zero value
// means "not given". A birth date or a validity is personal although Date
// renders plainly: keep such dates out of logs.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date written 2006-01-02 that exists in the calendar.
// Errors: a [FieldError] of FieldDate with RuleDateFormat.
func ParseDate(raw string) (Date, error) {
	at, err := time.Parse(dateLayout, raw)
	if err != nil || at.Year() == 0 {
		return Date{}, FieldError{FieldDate, RuleDateFormat} // the cause would quote the value
	}
	return dateOf(at), nil
}

// DateAt returns the date in Beijing at that moment.
func DateAt(at time.Time) Date { return dateOf(at.In(Beijing())) }

// String writes the date as 2006-01-02, the zero value as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(dateLayout)
}

// EndOfDay returns the midnight in Beijing that ends the day of at.
func EndOfDay(at time.Time) time.Time {
	day := DateAt(at)
	return time.Date(day.Year, day.Month, day.Day+1, 0, 0, 0, 0, Beijing())
}

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day)) < 0
}

// FullAge is the age from which a person acts without a guardian (R9).
const FullAge = 18

// AgeAt returns the full years from birth to the Beijing day of at. The birthday
// itself counts. A person born on 29 February has it on 1 March in other years. The
// result is negative if birth is after at.
func AgeAt(birth Date, at time.Time) int {
	today := DateAt(at)
	age := today.Year - birth.Year
	if today.Before(Date{today.Year, birth.Month, birth.Day}) {
		age--
	}
	return age
}

// Beijing is the zone of the whole mainland, fixed at +08:00 so that it works
// without a zone database.
func Beijing() *time.Location { return time.FixedZone("CST", beijingOffset) }

func dateOf(at time.Time) Date {
	year, month, day := at.Date()
	return Date{year, month, day}
}
