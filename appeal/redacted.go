package appeal

import (
	"fmt"
	"log/slog"
	"strings"
)

var (
	_ fmt.Formatter  = Correction{}
	_ slog.LogValuer = Correction{}
	_ fmt.Formatter  = Part{}
	_ slog.LogValuer = Part{}
)

// String returns which values are corrected, and none of them.
func (c Correction) String() string {
	var fields []string
	if !c.Name.IsZero() {
		fields = append(fields, "name")
	}
	if !c.Number.IsZero() {
		fields = append(fields, "number")
	}
	if !c.ValidFrom.IsZero() {
		fields = append(fields, "validity")
	}
	return "correction of [" + strings.Join(fields, " ") + "]"
}

// Format writes String whatever the verb: dates render plainly.
func (c Correction) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, c.String()) }

// LogValue returns String.
func (c Correction) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText returns String. encoding/json uses it too.
func (c Correction) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// String returns the number of the part, and nothing of its content.
func (p Part) String() string {
	return fmt.Sprintf("part %d of %s, %d bytes", p.Number, p.MaterialID, len(p.Data))
}

// Format writes String whatever the verb.
func (p Part) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, p.String()) }

// LogValue returns String.
func (p Part) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText returns String. encoding/json uses it too.
func (p Part) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
