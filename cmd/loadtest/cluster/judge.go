package cluster

import (
	"context"
	"errors"
	"fmt"

	"renzheng/test/crowd"
)

// judge checks everything and counts. The replicas still run for what the
// registry fetches, and are stopped before the nodes are asked.
func (t *test) judge(ctx context.Context) (*crowd.Verdict, error) {
	verdict, err := t.crowd.Judge(ctx)
	if err != nil {
		return nil, err
	}
	if err = t.stopReplicas(); err != nil {
		return nil, err
	}
	for node := 1; node <= nodeCount; node++ {
		if err = t.ask(ctx, verdict, node); err != nil {
			return nil, err
		}
	}
	if err = t.crowd.Report(verdict); err != nil {
		return nil, err
	}
	if err = t.tell("all %d nodes were asked; %d faces were begun with one replica and finished with the other", nodeCount, t.faces); err != nil {
		return nil, err
	}
	if err = t.alone(ctx); err != nil {
		return verdict, err
	}
	if verdict.Broken() {
		return verdict, ErrBroken
	}
	return verdict, nil
}

// ask asks one node for everything.
func (t *test) ask(ctx context.Context, verdict *crowd.Verdict, node int) error {
	db, err := t.nodes.open(ctx, node)
	if err != nil {
		return err
	}
	return errors.Join(verdict.Ask(ctx, fmt.Sprintf("node %d", node), db), db.Close())
}
