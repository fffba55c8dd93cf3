package appointment_test

import (
	"strings"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
)

const (
	names   = `"zh-Hans": "苏州窗口", "zh-Hant": "蘇州窗口", "en": "Suzhou"`
	address = `"address": {"zh-Hans": "平泷路251号", "zh-Hant": "平瀧路251號", "en": "251 Pinglong Road"}`
)

func TestOffices_TakeTheNamesAloneAsBefore(t *testing.T) {
	t.Parallel()
	o, err := appointment.LoadOffices([]byte(`{"320500": {` + names + `}, "320501": {"name": {` + names + `}}}`))
	if err != nil || len(o) != 2 || len(o.ByAppointment()) != 0 || o.Names().Name("320500", identity.English) != "Suzhou" || !o.Names().Has("320501") {
		t.Errorf("got %+v, %v, want two offices without appointments", o, err)
	}
	if appointment.Offices(nil).Names() != nil {
		t.Error("without a file every id is an office")
	}
}

// Sunday and a closed day have no slot; a special day has its own hours; the last slot ends with the hours.
func TestOffices_HaveSlotsInTheirHours(t *testing.T) {
	t.Parallel()
	o, err := appointment.LoadOffices([]byte(`{"320500": {"name": {` + names + `}, ` + address + `, "slot_minutes": 45, "places": 2,
		"hours": {"monday": ["09:00-11:00", "13:30-15:00"], "tuesday": ["09:00-10:00"]}, "closed": ["2026-12-08"], "special": {"2026-12-06": ["10:00-10:45"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 6, 8, 0, 0, 0, identity.Beijing()) // a Sunday
	var got []string
	for _, slot := range o.ByAppointment()[0].Bookable(now) {
		if slot.Free != 2 || slot.EndsAt.Sub(slot.StartsAt) != 45*time.Minute {
			t.Errorf("got %+v", slot)
		}
		got = append(got, slot.StartsAt.In(identity.Beijing()).Format("0102 15:04"))
	}
	want := "1206 10:00 1207 09:00 1207 09:45 1207 13:30 1207 14:15 1214 09:00 1214 09:45 1214 13:30 1214 14:15 1215 09:00"
	if strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if late := o.ByAppointment()[0].Bookable(now.Add(2 * time.Hour)); len(late) != len(got)-1 {
		t.Errorf("got %d slots once the first has begun, want %d", len(late), len(got)-1)
	}
}

// Everything that is wrong is named at once.
func TestOffices_NameAllThatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := appointment.LoadOffices([]byte(`{
		"a b": {` + names + `},
		"320500": {"name": {"zh-Hans": "苏州"}, "slot_minutes": 1, "places": 0, "hours": {"monday": ["12:00-09:00"], "someday": ["09:00-10:00"], "friday": ["9-10"]},
			"closed": ["25.12.2026"], "special": {"2026-12-06": ["10:00-11:00", "10:30-12:00"]}},
		"320501": {"name": {` + names + `}, "places": 3}}`))
	if err == nil {
		t.Fatal("got no error")
	}
	for _, want := range []string{
		"letters, digits", "office 320500 has no text", "office 320500: slot_minutes", "office 320500: places", "office 320500: the address", "monday: hours must be in order",
		"by monday to sunday", "friday: hours must be written", "closed days must be written", "2026-12-06: hours must be in order", "office 320501: without hours",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%v", want, err)
		}
	}
	for _, text := range []string{"", "[]", "{}", `{"320500": {"name": {` + names + `}, "hour": {}}}`, `{"320500": {` + names + `, "places": 3}}`, `{"320500": 3}`} {
		if _, err := appointment.LoadOffices([]byte(text)); err == nil {
			t.Errorf("%s: got no error", text)
		}
	}
}
