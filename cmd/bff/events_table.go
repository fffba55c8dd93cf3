package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"renzheng/sql/store"
	"renzheng/todo"
)

// writeEventTable writes a row for each event.
func writeEventTable(w io.Writer, events []store.EventState, now time.Time) error {
	lines := []string{"ID\tTYPE\tREGISTRY\tSTATE\tATTEMPTS\tAGE\tREASON"}
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\t%d\t%s\t%s",
			e.ID, e.Type, e.RegistryID, e.State, e.Attempts, ageOf(e.CreatedAt, now), cmp.Or(e.Reason, "-")))
	}
	return writeTable(w, lines)
}

// writeEvent writes an event, and the undelivered events of its case, which are
// delivered in their order.
func writeEvent(w io.Writer, e store.EventState, waiting []store.EventState, now time.Time) error {
	lines := []string{
		"id\t" + e.ID, "type\t" + string(e.Type), "registry\t" + e.RegistryID, "state\t" + string(e.State),
		fmt.Sprintf("attempts\t%d", e.Attempts), "reason\t" + cmp.Or(e.Reason, "-"),
		fmt.Sprintf("position\t%d", e.Position), "made\t" + moment(e.CreatedAt) + " (" + ageOf(e.CreatedAt, now) + " ago)",
		"delivered\t" + moment(e.DeliveredAt),
	}
	if e.State == todo.DeliveryPending {
		lines = append(lines, "next attempt\t"+moment(e.NextAt))
	}
	err := writeTable(w, lines)
	if len(waiting) < 2 || err != nil { //nolint:mnd // itself and another one
		return err
	}
	_, err = fmt.Fprintln(w, "\nundelivered events of its case; each waits for those before it:")
	return errors.Join(err, writeEventTable(w, waiting, now))
}

// writeTable writes lines with tabs in columns.
func writeTable(w io.Writer, lines []string) error {
	const padding = 2
	table := tabwriter.NewWriter(w, 0, 0, padding, ' ', 0)
	_, err := io.WriteString(table, strings.Join(lines, "\n")+"\n")
	if err = errors.Join(err, table.Flush()); err != nil {
		return fmt.Errorf("printing a table: %w", err)
	}
	return nil
}

// moment formats a time in Beijing time, as persons say it at the window.
func moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	const hours = 8 * 60 * 60
	return t.In(time.FixedZone("", hours)).Format("2006-01-02 15:04:05 -07:00")
}

// ageOf rounds an age to what matters of it.
func ageOf(since, now time.Time) string {
	age := now.Sub(since)
	switch {
	case age >= 2*day:
		return fmt.Sprintf("%dd", age/day)
	case age >= time.Hour:
		return fmt.Sprintf("%dh%02dm", age/time.Hour, age%time.Hour/time.Minute)
	}
	return max(0, age).Round(time.Second).String()
}
