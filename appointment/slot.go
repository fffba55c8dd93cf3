package appointment

import (
	"errors"
	"strings"
	"time"

	"renzheng/identity"
)

// Span is a part of a day in which an office serves.
type Span struct{ From, To time.Duration } // since midnight

// Slot is a time slot of an office.
type Slot struct {
	Day      identity.Date
	StartsAt time.Time
	EndsAt   time.Time
	Free     int // places
}

const (
	// Days is how many days after today can be booked.
	Days = 14
	// doors is how long before its hours an office hands out numbers.
	doors = 30 * time.Minute

	clockLayout = "15:04"
)

// name returns the name of the slot's counter.
func (s Slot) name() string { return s.StartsAt.In(identity.Beijing()).Format(clockLayout) }

// readSpans reads spans such as 09:00-12:00, which must be in order and fit a slot each.
func readSpans(written []string, slot time.Duration) ([]Span, error) {
	spans := make([]Span, 0, len(written))
	end := time.Duration(0)
	for _, text := range written {
		from, to, _ := strings.Cut(text, "-")
		begins, err := time.Parse(clockLayout, from)
		ends, failed := time.Parse(clockLayout, to)
		if errors.Join(err, failed) != nil {
			return nil, errors.New("hours must be written as 09:00-12:00")
		}
		span := Span{sinceMidnight(begins), sinceMidnight(ends)}
		if span.From < end || span.To <= span.From {
			return nil, errors.New("hours must be in order and must not overlap")
		}
		if slot > 0 && span.To-span.From < slot {
			return nil, errors.New("hours must be at least as long as a time slot")
		}
		end = span.To
		spans = append(spans, span)
	}
	return spans, nil
}

func sinceMidnight(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// spans returns the hours of a day.
func (o Office) spans(day identity.Date) []Span {
	if special, ok := o.Special[day]; ok {
		return special
	}
	return o.Hours[midnight(day).Weekday()]
}

func midnight(day identity.Date) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, identity.Beijing())
}

// slotsOn returns the slots of a day.
func (o Office) slotsOn(day identity.Date) []Slot {
	var slots []Slot
	begins := midnight(day)
	for _, span := range o.spans(day) {
		for from := span.From; from+o.Length <= span.To; from += o.Length {
			slots = append(slots, Slot{Day: day, StartsAt: begins.Add(from), EndsAt: begins.Add(from + o.Length), Free: o.Places})
		}
	}
	return slots
}

// Bookable returns the slots that have not begun, of today and the next Days days, with all their places.
func (o Office) Bookable(now time.Time) []Slot {
	var slots []Slot
	for ahead := range Days + 1 {
		for _, slot := range o.slotsOn(identity.DateAt(now.AddDate(0, 0, ahead))) {
			if slot.StartsAt.After(now) {
				slots = append(slots, slot)
			}
		}
	}
	return slots
}

// find returns the bookable slot that begins then.
func (o Office) find(startsAt, now time.Time) (Slot, bool) {
	for _, slot := range o.Bookable(now) {
		if slot.StartsAt.Equal(startsAt) {
			return slot, true
		}
	}
	return Slot{}, false
}

// servesAt reports whether the office is open throughout a time of a day. Slots may have another length since it was booked.
func (o Office) servesAt(from, to time.Time) bool {
	day := identity.DateAt(from)
	begins := midnight(day)
	for _, span := range o.spans(day) {
		if !from.Before(begins.Add(span.From)) && from.Before(begins.Add(span.To)) && !to.After(begins.Add(span.To)) {
			return true
		}
	}
	return false
}

// closedOn reports whether the office is closed on a day by name. That its weekday has no hours is not enough.
func (o Office) closedOn(day identity.Date) bool {
	spans, ok := o.Special[day]
	return ok && len(spans) == 0
}

// withdrew reports whether an office has cancelled an appointment by its hours. A booked one is, if the office is not open at its time any
// more. A missed one is, if its day was named as closed since, as after a storm; other hours of today say nothing about that day.
func (o Offices) withdrew(a Appointment) bool {
	office := o[a.Office]
	return a.State == Booked && !office.servesAt(a.StartsAt, a.EndsAt) || a.State == Missed && office.closedOn(identity.DateAt(a.StartsAt))
}

// open reports whether the office hands out numbers now: from a little before its first hours to the end of its last.
func (o Office) open(now time.Time) bool {
	day := identity.DateAt(now)
	spans := o.spans(day)
	if len(spans) == 0 {
		return false
	}
	begins := midnight(day)
	return !now.Before(begins.Add(spans[0].From-doors)) && now.Before(begins.Add(spans[len(spans)-1].To))
}
