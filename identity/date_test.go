package identity_test

import (
	"testing"
	"time"

	"renzheng/identity"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	got, err := identity.ParseDate("2024-02-29")
	if want := (identity.Date{Year: 2024, Month: time.February, Day: 29}); err != nil || got != want {
		t.Fatalf("got %v, %v, want %v", got, err, want)
	}
	if got.String() != "2024-02-29" || got.IsZero() {
		t.Errorf("got %s, zero %t", got, got.IsZero())
	}
	for _, raw := range []string{
		"", "2023-02-29", "2024-2-9", "20240229", "0000-01-01", "2024-02-29T00:00:00Z", " 2024-02-29", "长期",
	} {
		got, err := identity.ParseDate(raw)
		wantRule(t, err, identity.FieldDate, identity.RuleDateFormat)
		if !got.IsZero() || got.String() != "" {
			t.Errorf("got %s beside the error", got)
		}
	}
}

func TestDate_Before(t *testing.T) {
	t.Parallel()
	ordered := []string{"2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01"}
	for i := range ordered {
		for j := range ordered {
			if got := date(t, ordered[i]).Before(date(t, ordered[j])); got != (i < j) {
				t.Errorf("got %t for %s before %s", got, ordered[i], ordered[j])
			}
		}
	}
}

func TestAgeAt(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		birth string
		at    string
		want  int
	}{
		{"the last second before the birthday in Beijing", "2008-06-15", "2026-06-14T15:59:59Z", 17},
		{"the birthday just begun in Beijing and not in UTC", "2008-06-15", "2026-06-14T16:00:00Z", 18},
		{"the birthday seen from another zone", "2008-06-15", "2026-06-14T12:30:00-07:00", 18},
		{"the day after the birthday", "2008-06-15", "2026-06-16T00:00:00Z", 18},
		{"a leap day on 28 February of another year", "2008-02-29", "2026-02-28T00:00:00Z", 17},
		{"a leap day on 1 March of another year", "2008-02-29", "2026-03-01T00:00:00Z", 18},
		{"a leap day in a leap year", "2008-02-29", "2028-02-29T00:00:00Z", 20},
		{"the day of birth", "2026-06-15", "2026-06-15T00:00:00Z", 0},
		{"a birth still to come", "2026-06-16", "2026-06-15T00:00:00Z", -1},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := identity.AgeAt(date(t, tc.birth), moment(t, tc.at)); got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
}

func TestBeijing(t *testing.T) {
	t.Parallel()
	at := moment(t, "2026-01-31T16:00:00Z")
	if got := at.In(identity.Beijing()).Format(time.RFC3339); got != "2026-02-01T00:00:00+08:00" {
		t.Errorf("got %s, want 2026-02-01T00:00:00+08:00", got)
	}
	if got := identity.DateAt(at).String(); got != "2026-02-01" {
		t.Errorf("got %s, want 2026-02-01", got)
	}
}

func date(t *testing.T, raw string) identity.Date {
	t.Helper()
	parsed, err := identity.ParseDate(raw)
	if err != nil {
		t.Fatalf("parsing %s: %v", raw, err)
	}
	return parsed
}

func moment(t *testing.T, raw string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, raw)
	if err != nil {
		t.Fatalf("parsing %s: %v", raw, err)
	}
	return at
}
