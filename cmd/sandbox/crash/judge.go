package crash

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"renzheng/cmd/sandbox/scratch"
)

// judge checks everything and counts. The server still runs for what the
// registry fetches, and is stopped before the database is asked.
func (t *test) judge(ctx context.Context, database string, result Result) (Result, error) {
	feed, err := t.readFeed(ctx)
	if err != nil {
		return result, err
	}
	seen := t.ledger.seen()
	lost, err := t.lost(ctx, seen, feed)
	if err != nil {
		return result, err
	}
	if err = t.server.Stop(); err != nil {
		return result, fmt.Errorf("stopping the server: %w", err)
	}
	db, err := scratch.Open(database)
	if err != nil {
		return result, err
	}
	doubled, err := doubledInDatabase(ctx, db)
	problems := problemsInDatabase(ctx, db, t.options.Engine)
	if err = errors.Join(err, db.Close()); err != nil {
		return result, err
	}
	maps.Copy(doubled, doubledOutside(seen, t.world.Registry.Records(), feed))
	problems = append(problems, feedProblems(feed)...)
	result.Acknowledged, result.Lost, result.Doubled = len(seen), len(lost), len(doubled)
	result.judged = true
	if err = t.report(lost, doubled, problems); err != nil {
		return result, err
	}
	broken := result.Lost > 0 || result.Doubled > 0 || len(problems) > 0
	if broken || result.Kills < t.options.Kills || result.Acknowledged == 0 {
		return result, ErrBroken
	}
	return result, nil
}

// report prints what a run was like and what was wrong.
func (t *test) report(lost, doubled map[string]string, problems []string) error {
	c := t.ledger.counts()
	failed, asked := t.registry.counts()
	again := 0
	for _, r := range t.world.Registry.Records() {
		again += r.Times - 1
	}
	lines := []string{
		fmt.Sprintf("%d visits were played to their end, %d were broken off", c.visits, c.broken),
		fmt.Sprintf("%d of %d pushes failed; %d events came more than once and were known", failed, asked, again),
	}
	for _, why := range t.ledger.why()[:min(5, len(t.ledger.why()))] {
		lines = append(lines, "broken off: "+why)
	}
	lines = append(lines, problems...)
	for _, found := range []struct {
		what string
		of   map[string]string
	}{{"LOST", lost}, {"DOUBLED", doubled}} {
		for _, id := range slices.Sorted(maps.Keys(found.of)) {
			lines = append(lines, found.what+" "+id+": "+found.of[id])
		}
	}
	for _, line := range lines {
		if err := t.say("%s", line); err != nil {
			return err
		}
	}
	return nil
}
