package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// outcome of a clause.
type outcome string

const (
	passed  outcome = "pass"
	failed  outcome = "fail"
	notSeen outcome = "not seen" // nothing happened that the clause is about
)

// result is what was seen of one clause.
type result struct {
	Clause  string  `json:"clause"`
	Text    string  `json:"text"`
	Outcome outcome `json:"outcome"`
	Seen    string  `json:"seen"`
}

// report is the outcome of all clauses of one side.
type report struct {
	Tool       string    `json:"tool"`
	Version    string    `json:"version"`
	Side       string    `json:"side"` // endpoint or server
	Target     string    `json:"target"`
	RegistryID string    `json:"registry_id,omitempty"`
	StartedAt  time.Time `json:"started_at"`
	EndedAt    time.Time `json:"ended_at"`
	Passed     bool      `json:"passed"` // no clause failed
	Results    []result  `json:"results"`
}

// errNotSeen says that nothing happened that a clause is about.
var errNotSeen = errors.New("nothing to see")

// suite collects results in the order of the clauses.
type suite struct {
	clauses []clause
	results []result
}

// step checks one clause.
type step struct {
	clause string
	check  func(context.Context) (seen string, err error)
}

// run checks clauses. It ends after the first one if that is not kept, because
// nothing can be told of the others then.
func (s *suite) run(ctx context.Context, first step, others []step) {
	for _, c := range append([]step{first}, others...) {
		seen, err := c.check(ctx)
		s.record(c.clause, seen, err)
		if err != nil && c.clause == first.clause {
			return
		}
	}
}

// record notes what was seen of a clause: err is why it is not kept.
func (s *suite) record(id, seen string, err error) {
	at := slices.IndexFunc(s.clauses, func(c clause) bool { return c.id == id })
	r := result{Clause: id, Text: s.clauses[at].text, Outcome: passed, Seen: seen}
	switch {
	case errors.Is(err, errNotSeen):
		r.Outcome, r.Seen = notSeen, err.Error()
	case err != nil:
		r.Outcome, r.Seen = failed, err.Error()
	}
	s.results = append(s.results, r)
}

// report returns the results, those of clauses that were not reached included.
func (s *suite) report(r report) report {
	r.Tool, r.Passed = "registry-check", true
	for _, c := range s.clauses {
		at := slices.IndexFunc(s.results, func(x result) bool { return x.Clause == c.id })
		if at < 0 {
			r.Results = append(r.Results, result{Clause: c.id, Text: c.text, Outcome: notSeen, Seen: "not reached"})
			continue
		}
		r.Results = append(r.Results, s.results[at])
		r.Passed = r.Passed && s.results[at].Outcome != failed
	}
	return r
}

// print writes one line for each clause, and what was seen.
func (r report) print(out io.Writer) error {
	for _, x := range r.Results {
		if _, err := fmt.Fprintf(out, "%-4s %-8s %s\n              %s\n", x.Clause, x.Outcome, x.Text, x.Seen); err != nil {
			return fmt.Errorf("printing the report: %w", err)
		}
	}
	return nil
}
