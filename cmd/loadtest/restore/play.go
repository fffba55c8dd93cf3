package restore

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"time"

	"renzheng/providers/registry/registrytest"
)

// signedAgain is how long after the beginning of an epoch registries' requests are rejected, and a second more.
const signedAgain = 61 * time.Second

// play plays the scenes of a drill in their order.
func (d *drill) play(ctx context.Context) (Result, error) {
	result := Result{Engine: d.options.Engine}
	if err := d.start(ctx); err != nil {
		return result, err
	}
	defer func() { _ = d.recorder.close() }()
	d.crowd.Begin(ctx, d.sandbox)
	before, events, err := d.backUp(ctx)
	if err != nil {
		return result, err
	}
	if err = pause(ctx, d.options.Load); err != nil { // what is lost with the database
		return result, err
	}
	positions, err := d.feed(ctx)
	if err != nil {
		return result, err
	}
	requests := d.recorder.freeze()
	d.server.Kill()
	lost := d.crowd.Seen()
	maps.DeleteFunc(lost, func(id, _ string) bool { return before[id] != "" })
	d.crowd.Forget(lost)
	if err = d.say("%d confirmations were acknowledged before the backup and %d after it; the database is destroyed", len(before), len(lost)); err != nil {
		return result, err
	}
	if err = d.restore(ctx); err != nil {
		return result, err
	}
	accepted, err := d.recorder.replay(ctx, requests)
	if err != nil {
		return result, err
	}
	result.Backup, result.Requests, result.Events = len(before), len(requests), len(events)
	for kind, n := range accepted {
		result.Replayed += n
		result.Problems = append(result.Problems, fmt.Sprintf("REPLAYED %d requests by %s", n, kind))
	}
	return d.goOn(ctx, result, events, positions)
}

// backUp takes a backup under load. It returns the confirmations that were acknowledged, and the events that had a
// position, before it began.
func (d *drill) backUp(ctx context.Context) (map[string]string, []registrytest.FeedEvent, error) {
	if err := pause(ctx, d.options.Load); err != nil {
		return nil, nil, err
	}
	if d.options.Fault == EarlyBackup {
		if _, err := d.bff(ctx, "backup", d.file()); err != nil {
			return nil, nil, err
		}
		if err := pause(ctx, d.options.Load); err != nil {
			return nil, nil, err
		}
	}
	before := d.crowd.Seen()
	events, err := d.feed(ctx)
	if err != nil || d.options.Fault == EarlyBackup {
		return before, events, err
	}
	began := time.Now()
	if _, err = d.bff(ctx, "backup", d.file()); err != nil {
		return nil, nil, err
	}
	return before, events, d.say("the backup took %.1f s while %d persons signed; %s", time.Since(began).Seconds(), d.options.Persons, d.crowd)
}

func (d *drill) file() string { return filepath.Join(d.folder, "backup") }

// feed returns the whole feed.
func (d *drill) feed(ctx context.Context) ([]registrytest.FeedEvent, error) {
	var all []registrytest.FeedEvent
	for after := int64(0); ; {
		part, err := d.sandbox.Cases.Events(ctx, after)
		if err != nil {
			return nil, fmt.Errorf("pulling the feed: %w", err)
		}
		if len(part.Events) == 0 {
			return all, nil
		}
		all, after = append(all, part.Events...), part.NextAfter
	}
}

// goOn lets persons sign on the restored database and judges.
func (d *drill) goOn(ctx context.Context, result Result, before, positions []registrytest.FeedEvent) (Result, error) {
	if d.options.Fault != NoRecovery {
		if err := pause(ctx, time.Until(d.began.Add(signedAgain))); err != nil {
			return result, err
		}
	}
	old := len(d.crowd.Seen())
	if err := pause(ctx, d.options.Load); err != nil {
		return result, err
	}
	d.crowd.End()
	if n := len(d.crowd.Seen()) - old; n <= 0 {
		result.Problems = append(result.Problems, "SERVICE nobody could sign after the restore")
	}
	if err := d.crowd.Drain(ctx); err != nil {
		return result, err
	}
	feed, err := d.feed(ctx)
	if err != nil {
		return result, err
	}
	kept, problems := compare(before, positions, feed)
	result.Kept, result.Problems = kept, append(result.Problems, problems...)
	return d.judge(ctx, result)
}

// compare counts the events of before that are still there, and looks for positions that were given twice.
func compare(before, positions, after []registrytest.FeedEvent) (kept int, problems []string) {
	now := map[int64]string{}
	for _, e := range after {
		now[e.Position] = e.ID
	}
	for _, e := range before {
		if now[e.Position] == e.ID {
			kept++
		}
	}
	for _, e := range positions {
		if id, given := now[e.Position]; given && id != e.ID {
			problems = append(problems, fmt.Sprintf("FEED position %d had event %s and has %s", e.Position, e.ID, id))
		}
	}
	return kept, problems
}
