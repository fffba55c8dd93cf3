package appointment

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/strictjson"
)

// Office is a service window with the hours in which it takes appointments.
type Office struct {
	ID      string
	Name    identity.Text
	Address identity.Text            // blank for an office without appointments
	Hours   map[time.Weekday][]Span  // in order; empty for an office without appointments
	Special map[identity.Date][]Span // hours of single days instead of those of their weekday; none = closed
	Length  time.Duration            // of a time slot
	Places  int                      // of a time slot
}

// TakesAppointments reports whether the office takes appointments.
func (o Office) TakesAppointments() bool { return o.Places > 0 }

// Offices are all offices by id.
type Offices map[string]Office

// Names returns the names by id.
func (o Offices) Names() staff.Offices {
	if len(o) == 0 {
		return nil
	}
	names := staff.Offices{}
	for id, office := range o {
		names[id] = office.Name
	}
	return names
}

// ByAppointment returns the offices that take appointments, by id.
func (o Offices) ByAppointment() []Office {
	var taking []Office
	for _, id := range slices.Sorted(maps.Keys(o)) {
		if o[id].TakesAppointments() {
			taking = append(taking, o[id])
		}
	}
	return taking
}

// Bounds of an office.
const (
	minSlot   = 5   // minutes
	maxSlot   = 240 // minutes
	maxPlaces = 200 // of a time slot
)

// officeJSON is an office in the file. An office without hours may be written as its name alone.
type officeJSON struct {
	Name        identity.Text       `json:"name"`
	Address     identity.Text       `json:"address"`
	Hours       map[string][]string `json:"hours"`
	Special     map[string][]string `json:"special"`
	Closed      []string            `json:"closed"`
	SlotMinutes int                 `json:"slot_minutes"`
	Places      int                 `json:"places"`
}

// LoadOffices reads a JSON object of offices by id, and returns everything that is wrong with them, joined.
func LoadOffices(raw []byte) (Offices, error) {
	var all map[string]json.RawMessage
	if err := strictjson.Decode(raw, &all); err != nil {
		return nil, fmt.Errorf("reading the offices: %w", err)
	}
	offices, names := Offices{}, staff.Offices{}
	var problems []error
	for _, id := range slices.Sorted(maps.Keys(all)) {
		office, err := readOffice(all[id])
		office.ID = id
		offices[id], names[id] = office, office.Name
		for _, problem := range split(err) {
			problems = append(problems, fmt.Errorf("office %s: %w", id, problem))
		}
	}
	return offices, errors.Join(append(problems, names.Validate())...)
}

func split(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func readOffice(raw []byte) (Office, error) {
	var members map[string]json.RawMessage
	if err := strictjson.Decode(raw, &members); err != nil {
		return Office{}, err
	}
	var written officeJSON
	var err error
	if _, ok := members["name"]; ok {
		err = strictjson.Decode(raw, &written)
	} else {
		err = strictjson.Decode(raw, &written.Name)
	}
	if err != nil {
		return Office{Name: written.Name}, err
	}
	return written.office()
}

// office returns the office, and everything that is wrong with its hours.
func (w officeJSON) office() (Office, error) {
	o := Office{Name: w.Name, Address: w.Address}
	if len(w.Hours) == 0 {
		if len(w.Special) > 0 || len(w.Closed) > 0 || w.SlotMinutes != 0 || w.Places != 0 {
			return o, errors.New("without hours there are no special or closed days, slot_minutes or places")
		}
		return o, nil
	}
	o.Length = time.Duration(w.SlotMinutes) * time.Minute
	o.Hours, o.Special = map[time.Weekday][]Span{}, map[identity.Date][]Span{}
	var problems []error
	require := func(holds bool, rule string) {
		if !holds {
			problems = append(problems, errors.New(rule))
		}
	}
	require(w.SlotMinutes >= minSlot && w.SlotMinutes <= maxSlot, fmt.Sprintf("slot_minutes must be %d to %d", minSlot, maxSlot))
	require(w.Places >= 1 && w.Places <= maxPlaces, fmt.Sprintf("places must be 1 to %d", maxPlaces))
	require(len(w.Address.Missing()) == 0, "the address must be there in every language")
	for _, name := range slices.Sorted(maps.Keys(w.Hours)) {
		day, ok := weekday(name)
		require(ok, "hours must be by monday to sunday")
		spans, err := readSpans(w.Hours[name], o.Length)
		problems = append(problems, prefixed(name, err))
		o.Hours[day] = spans
	}
	for _, text := range slices.Sorted(maps.Keys(w.Special)) {
		problems = append(problems, o.putSpecial(text, w.Special[text]))
	}
	for _, text := range w.Closed {
		problems = append(problems, o.putSpecial(text, nil))
	}
	if err := errors.Join(problems...); err != nil {
		return o, err
	}
	o.Places = w.Places
	return o, nil
}

// putSpecial sets the hours of a single day.
func (o Office) putSpecial(text string, written []string) error {
	day, err := identity.ParseDate(text)
	if err != nil {
		return errors.New("special and closed days must be written as 2026-12-25")
	}
	if _, ok := o.Special[day]; ok {
		return fmt.Errorf("%s is named twice", text)
	}
	o.Special[day], err = readSpans(written, o.Length)
	return prefixed(text, err)
}

func prefixed(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

func weekday(name string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.ToLower(day.String()) == name {
			return day, true
		}
	}
	return 0, false
}
