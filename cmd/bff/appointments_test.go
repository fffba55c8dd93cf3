package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

const openOffice = `{"320500": {"name": {"zh-Hans": "窗口", "zh-Hant": "窗口", "en": "Office"}, "address": {"zh-Hans": "路", "zh-Hant": "路", "en": "Road"},
	"slot_minutes": 30, "places": 3, "hours": {"monday": ["00:00-23:59"], "tuesday": ["00:00-23:59"], "wednesday": ["00:00-23:59"], "thursday": ["00:00-23:59"],
	"friday": ["00:00-23:59"], "saturday": ["00:00-23:59"], "sunday": ["00:00-23:59"]}}}`

// The slots, the worker that closes what was missed and the metrics go by the clock of the rules, which a sandbox can move.
func TestAppointments_GoByTheClockAndAreInTheMetrics(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	clock, offices := filepath.Join(dir, "clock"), filepath.Join(dir, "offices.json")
	write := func(path, content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(clock, "0s")
	write(offices, openOffice)
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0], settings: harness.Settings{
		"BFF_CLOCK_FILE": clock, "BFF_CONSOLE_OFFICES": offices, "BFF_CONSOLE_LISTEN": "127.0.0.1:0", "BFF_CONSOLE_ADDRESS": "http://127.0.0.1:8070",
		"BFF_CONSOLE_ISSUER": "http://127.0.0.1:9/idp", "BFF_CONSOLE_CLIENT_ID": "console", "BFF_CONSOLE_CLIENT_SECRET": "a secret of the console", "BFF_CONSOLE_ACR": "2",
	}})
	first := func(c *client) string {
		return c.get(t, "/v1/slots?office=320500").is(t, http.StatusOK).text(t, "slots.0.starts_at")
	}
	counted := func(state, n string) bool {
		return strings.Contains(tr.metrics(t), `bff_appointments_total{office="320500",state="`+state+`"} `+n)
	}
	c := tr.login(t, tr.newPerson(people.Passes))
	at := first(c)
	c.post(t, "/v1/appointments", members{"office": "320500", "starts_at": at}).is(t, http.StatusCreated)
	if !counted("booked", "1") {
		t.Error("the booking is not counted")
	}
	write(clock, "26h")
	until(t, "the worker closes what was missed", func() bool { return counted("missed", "1") })
	if moved := first(tr.login(t, c.Person)); moved <= at {
		t.Errorf("the first slot is %s, want one after %s", moved, at)
	}
}
