package upgrade

import (
	"context"
	"errors"
	"fmt"

	"renzheng/cmd/loadtest/scratch"
)

// judge checks everything and counts. The replicas still run for what the registry
// fetches, and are stopped before the database is asked.
func (t *test) judge(ctx context.Context, database string, result Result) (Result, error) {
	verdict, err := t.crowd.Judge(ctx)
	if err != nil {
		return result, err
	}
	passed, failed := t.balancer.Requests()
	result.Requests, result.Failed = int(passed+failed), int(failed)
	for _, r := range t.replicas {
		if err = r.Server.Stop(); err != nil {
			return result, fmt.Errorf("stopping replica %s: %w", r.Name, err)
		}
	}
	db, err := scratch.Open(database)
	if err != nil {
		return result, err
	}
	if err = errors.Join(verdict.Ask(ctx, "the database", db), db.Close()); err != nil {
		return result, err
	}
	result.Verdict = verdict
	if err = t.crowd.Report(verdict); err != nil {
		return result, err
	}
	if verdict.Broken() || result.Failed > 0 || result.Rolls < t.options.Rolls {
		return result, ErrBroken
	}
	return result, nil
}
