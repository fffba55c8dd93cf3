package bff_test

import (
	"crypto/rand"
	"net/http"
	"sync"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/verification/failure"
)

// officesFile has one office that always serves, with one place in each slot, and one without appointments.
const officesFile = `{
	"320500": {"name": {"zh-Hans": "苏州窗口", "zh-Hant": "蘇州窗口", "en": "Suzhou"}, "address": {"zh-Hans": "平泷路251号", "zh-Hant": "平瀧路251號", "en": "251 Pinglong Road"},
		"slot_minutes": 30, "places": 1, "hours": {"monday": ["00:00-23:30"], "tuesday": ["00:00-23:30"], "wednesday": ["00:00-23:30"], "thursday": ["00:00-23:30"],
		"friday": ["00:00-23:30"], "saturday": ["00:00-23:30"], "sunday": ["00:00-23:30"]}},
	"320501": {"zh-Hans": "第二窗口", "zh-Hant": "第二窗口", "en": "Second"}
}`

func (w *fixture) appointments(tb testing.TB) *appointment.Service {
	tb.Helper()
	return w.appointmentsOf(tb, officesFile)
}

func (w *fixture) appointmentsOf(tb testing.TB, file string) *appointment.Service {
	tb.Helper()
	offices, err := appointment.LoadOffices([]byte(file))
	if err != nil {
		tb.Fatal(err)
	}
	return appointment.New(appointment.Deps{
		Appointments: w.rows, Queues: w.rows, Offices: offices, Limits: appointment.DefaultLimits(), Clock: w.clock, Rand: rand.Reader, Metrics: &w.moved,
		Reasons: func(code string) bool { return failure.Code(code).Known() },
	})
}

// moved records what appointments count.
type moved struct {
	mu     sync.Mutex
	states map[appointment.State]int
	waited []time.Duration
}

// AppointmentMoved implements [appointment.Metrics].
func (m *moved) AppointmentMoved(_ string, to appointment.State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states == nil {
		m.states = map[appointment.State]int{}
	}
	m.states[to]++
}

// NumberCalled implements [appointment.Metrics].
func (m *moved) NumberCalled(_ string, _ appointment.Line, waited time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waited = append(m.waited, waited)
}

// slots returns when the slots with free places begin.
func (p person) slots(t *testing.T) []string {
	t.Helper()
	var free []string
	for _, s := range p.get(t, "/v1/slots?office=320500").list(t, "slots") {
		if s["free"] != 0.0 {
			free = append(free, textOf(s, "starts_at"))
		}
	}
	return free
}

func (p person) books(t *testing.T, body object) reply {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/appointments", body)
}

// slotAfter returns when the slot begins that has such a time in it.
func (w *fixture) slotAfter(d time.Duration) string {
	return w.clock().Add(d).Truncate(30 * time.Minute).UTC().Format(time.RFC3339)
}
