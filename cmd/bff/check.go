package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"renzheng/cmd/bff/config"
)

// checkCommand tests settings and everything that they name, without serving. It
// changes nothing: it makes no database, sends no event and uses nobody's try.
type checkCommand struct {
	config.Config `embed:""`

	JSON bool `name:"json" help:"Print one JSON object."`

	invalid error // problems of the settings, found when they were read
}

// Run prints a line for each finding, and returns an error if one is a problem.
func (c *checkCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	report := (&checker{Config: &c.Config, invalid: c.invalid}).run(ctx)
	write := report.write
	if c.JSON {
		write = report.writeJSON
	}
	if err := write(os.Stdout); err != nil {
		return fmt.Errorf("printing what was found: %w", err)
	}
	if n := report.count(levelProblem); n > 0 {
		return fmt.Errorf("problems: %d", n)
	}
	return nil
}

// level is how bad a finding is.
type level string

const (
	levelOK      level = "ok"
	levelWarning level = "warning" // serving works, but somebody should know
	levelProblem level = "problem" // serving would not start, or would fail for persons
)

// finding is one thing that was tested. It has no secret and nothing personal.
type finding struct {
	Level level  `json:"level"`
	Area  string `json:"area"` // settings, keys, state, database, clock, registry, vendor, web, traces, console or texts
	What  string `json:"what"`
	Do    string `json:"do,omitempty"` // what to do about it
}

func fine(area, format string, args ...any) finding {
	return finding{Level: levelOK, Area: area, What: fmt.Sprintf(format, args...)}
}

// warn and wrong take the finding and what to do.
func warn(area, do, format string, args ...any) finding {
	return finding{Level: levelWarning, Area: area, What: fmt.Sprintf(format, args...), Do: do}
}

func wrong(area, do, format string, args ...any) finding {
	return finding{Level: levelProblem, Area: area, What: fmt.Sprintf(format, args...), Do: do}
}

// findings is everything that was found.
type findings []finding

func (f findings) count(l level) int {
	n := 0
	for _, one := range f {
		if one.Level == l {
			n++
		}
	}
	return n
}

// write writes a line for each finding.
func (f findings) write(w io.Writer) error {
	lines := make([]string, 0, len(f))
	for _, one := range f {
		line := fmt.Sprintf("%s\t%s\t%s", one.Level, one.Area, one.What)
		if one.Do != "" {
			line += " → " + one.Do
		}
		lines = append(lines, line)
	}
	return writeTable(w, append(lines, fmt.Sprintf("%d ok, %d warnings, %d problems",
		f.count(levelOK), f.count(levelWarning), f.count(levelProblem))))
}

// writeJSON writes one object.
func (f findings) writeJSON(w io.Writer) error {
	return json.NewEncoder(w).Encode(struct {
		Version  string   `json:"version"`
		Problems int      `json:"problems"`
		Warnings int      `json:"warnings"`
		Findings findings `json:"findings"`
	}{version(), f.count(levelProblem), f.count(levelWarning), f})
}
