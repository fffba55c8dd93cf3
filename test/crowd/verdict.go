package crowd

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"renzheng/providers/registry/registrytest"
)

// Verdict is the result of checking everything that was acknowledged.
type Verdict struct {
	Lost     map[string]string // by confirmation, what is missing
	Doubled  map[string]string // by todo or budget, what exists more than once
	Problems []string          // what else is wrong

	seen map[string]string // todo by confirmation that was answered with 201
}

// Acknowledged returns the number of acknowledged confirmations.
func (v *Verdict) Acknowledged() int { return len(v.seen) }

// Broken reports whether something is wrong, or nothing was acknowledged.
func (v *Verdict) Broken() bool {
	return len(v.Lost) > 0 || len(v.Doubled) > 0 || len(v.Problems) > 0 || len(v.seen) == 0
}

// String returns the end of the last line of a run.
func (v *Verdict) String() string {
	return fmt.Sprintf("acknowledged: %d, lost: %d, doubled: %d", len(v.seen), len(v.Lost), len(v.Doubled))
}

// Judge compares what the clients saw with what the registry has and can fetch.
// The server must still run.
func (c *Crowd) Judge(ctx context.Context) (*Verdict, error) {
	feed, err := c.readFeed(ctx)
	if err != nil {
		return nil, err
	}
	v := &Verdict{seen: c.ledger.seen()}
	if v.Lost, err = c.lost(ctx, v.seen, feed); err != nil {
		return nil, err
	}
	v.Doubled = doubledOutside(v.seen, c.sandbox.Registry.Records(), feed)
	v.Problems = feedProblems(feed)
	return v, nil
}

// Ask queries a database directly, independently of the server. Name identifies the
// database in the problems.
func (v *Verdict) Ask(ctx context.Context, name string, db *sql.DB) error {
	missing, err := missingIn(ctx, db, v.seen)
	if err != nil {
		return fmt.Errorf("looking for confirmations in %s: %w", name, err)
	}
	for _, id := range missing {
		v.Lost[id] = "it is not in " + name
	}
	doubled, err := doubledInDatabase(ctx, db)
	if err != nil {
		return err
	}
	tries, err := wrongTries(ctx, db)
	if err != nil {
		return fmt.Errorf("counting tries in %s: %w", name, err)
	}
	maps.Copy(v.Doubled, doubled)
	maps.Copy(v.Doubled, tries)
	v.Problems = append(v.Problems, problemsInDatabase(ctx, name, db)...)
	return nil
}

// Report prints a summary of a run and what was wrong.
func (c *Crowd) Report(v *Verdict) error {
	n := c.ledger.counts()
	failed, asked := c.registry.counts()
	lines := []string{
		fmt.Sprintf("%d visits were played to their end, %d were broken off", n.visits, n.broken),
		fmt.Sprintf("the registry failed %d of %d pushes on purpose; %d events came more than once and were known", failed, asked, repeated(c.sandbox.Registry.Records())),
	}
	for _, why := range c.ledger.why()[:min(5, len(c.ledger.why()))] {
		lines = append(lines, "broken off: "+why)
	}
	lines = append(lines, v.Problems...)
	for _, found := range []struct {
		what string
		of   map[string]string
	}{{"LOST", v.Lost}, {"DOUBLED", v.Doubled}} {
		for _, id := range slices.Sorted(maps.Keys(found.of)) {
			lines = append(lines, found.what+" "+id+": "+found.of[id])
		}
	}
	for _, line := range lines {
		if err := c.say("%s", line); err != nil {
			return err
		}
	}
	return nil
}

func repeated(records []registrytest.Record) int {
	again := 0
	for _, r := range records {
		again += r.Times - 1
	}
	return again
}
