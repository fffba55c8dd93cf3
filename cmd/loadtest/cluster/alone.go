package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

const (
	refusals    = 20               // requests to a replica whose node has lost its cluster
	refusalTime = 40 * time.Second // more than a cluster takes to notice that a node is gone
)

// alone leaves replica A's node without the two others: it has no majority, so
// whatever it took could be taken back. Nothing may be acknowledged then.
func (t *test) alone(ctx context.Context) error {
	a := t.replicas[0]
	if err := a.Server.Restart(ctx); err != nil {
		return fmt.Errorf("starting replica %s again: %w", a.Name, err)
	}
	if err := a.Becomes(ctx, true); err != nil {
		return err
	}
	for node := 1; node <= nodeCount; node++ {
		if node == a.node {
			continue
		}
		if err := t.nodes.kill(ctx, node); err != nil {
			return err
		}
	}
	if err := a.Becomes(ctx, false); err != nil {
		return err
	}
	for range refusals {
		if err := t.refused(ctx, a); err != nil {
			return err
		}
	}
	return t.tell("node %d has lost its cluster; replica %s is not ready and answered %d of %d requests with 503 and Retry-After",
		a.node, a.Name, refusals, refusals)
}

// refused asks for a session and wants to be sent away.
func (t *test) refused(ctx context.Context, r *replica) error {
	ctx, cancel := context.WithTimeout(ctx, refusalTime)
	defer cancel()
	person, _ := people.New(people.Passes, 1, time.Now())
	type members map[string]any
	body, err := json.Marshal(members{
		"channel": "alipay", "auth_code": t.sandbox.Alipay.IssueCode(person.OpenID, alipaytest.ScopeBase),
		"client": members{"platform": "ios", "version": "26.1"},
	})
	if err != nil {
		return fmt.Errorf("encoding a request: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.Server.URL+"/v1/sessions", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("making a request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", "without-a-cluster")
	answer, err := (&http.Client{}).Do(request)
	if err != nil {
		return fmt.Errorf("asking replica %s: %w", r.Name, err)
	}
	if err = answer.Body.Close(); err != nil {
		return fmt.Errorf("asking replica %s: %w", r.Name, err)
	}
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		return errors.Join(ErrBroken, fmt.Errorf("replica %s answered %d without a cluster behind it, Retry-After %q",
			r.Name, answer.StatusCode, answer.Header.Get("Retry-After")))
	}
	return nil
}
