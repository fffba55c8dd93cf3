package journey

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
)

// sandbox is a client of the simulated third parties, as used by a person and by a
// clerk of the registry.
type sandbox struct {
	base     string
	http     *http.Client
	patience time.Duration // how long calls are repeated while the server does not answer
}

func newSandbox(base string, patience time.Duration) *sandbox {
	return &sandbox{base: base, http: &http.Client{Timeout: callTime}, patience: patience}
}

// push makes the registry push a case. It is repeated while the server does not
// answer, because a push is idempotent.
func (s *sandbox) push(ctx context.Context, caseID string, pushed registrytest.Case) (registrytest.CaseState, error) {
	var state registrytest.CaseState
	return state, s.whileAway(ctx, func() error {
		return s.do(ctx, request{method: http.MethodPut, path: "/sandbox/cases/" + url.PathEscape(caseID), body: pushed}, &state)
	})
}

// whileAway repeats a call while the server does not answer.
func (s *sandbox) whileAway(ctx context.Context, do func() error) error {
	giveUp := time.Now().Add(s.patience)
	for {
		err := do()
		var rejected *rejectedError
		if !errors.As(err, &rejected) || !rejected.away() || time.Now().After(giveUp) || wait(ctx, retryPause) != nil {
			return err
		}
	}
}

// rejectedError is an answer of the sandbox other than success.
type rejectedError struct {
	status int
	body   []byte
}

// Error returns status and answer, which has data of simulated persons only.
func (e *rejectedError) Error() string {
	return fmt.Sprintf("the sandbox answered %d: %s", e.status, e.body)
}

// away reports whether the sandbox did not reach the server, or the server was not
// ready.
func (e *rejectedError) away() bool {
	return e.status == http.StatusBadGateway || e.status == http.StatusServiceUnavailable
}

// report returns what the registry received about a case.
func (s *sandbox) report(ctx context.Context, caseID string) (harness.CaseReport, error) {
	var report harness.CaseReport
	err := s.do(ctx, request{method: http.MethodGet, path: "/sandbox/cases/" + url.PathEscape(caseID)}, &report)
	return report, err
}

const (
	arrivalTime = 2 * time.Minute // an event that a killed server was sending is sent again after a minute
	arrivalAsk  = 100 * time.Millisecond
)

// arrived waits until the registry has an event for which is returns true.
func (s *sandbox) arrived(ctx context.Context, caseID string, is func(harness.EventReport) bool) (harness.EventReport, error) {
	ctx, cancel := context.WithTimeout(ctx, arrivalTime)
	defer cancel()
	for {
		report, err := s.report(ctx, caseID)
		if err != nil {
			return harness.EventReport{}, err
		}
		for _, event := range report.Events {
			if is(event) {
				return event, nil
			}
		}
		if wait(ctx, arrivalAsk) != nil {
			return harness.EventReport{}, fmt.Errorf("the registry has %d other events and refused %v", len(report.Events), report.Refusals)
		}
	}
}

func (s *sandbox) form(ctx context.Context, path string, form url.Values, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("making a request to the sandbox: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	return s.exchange(req, out)
}

func (s *sandbox) do(ctx context.Context, r request, out any) error {
	encoded, err := json.Marshal(r.body)
	if err != nil {
		return fmt.Errorf("encoding a request to the sandbox: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, s.base+r.path, bytes.NewReader(encoded))
	if err != nil {
		return fmt.Errorf("making a request to the sandbox: %w", err)
	}
	return s.exchange(req, out)
}

// read returns the body of an answer. Errors: *rejectedError.
func (s *sandbox) read(req *http.Request) ([]byte, error) {
	got, err := s.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("asking the sandbox: %w", err)
	}
	defer func() { _ = got.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(got.Body, maxAnswerBytes))
	if err != nil {
		return nil, fmt.Errorf("reading an answer of the sandbox: %w", err)
	}
	if got.StatusCode != http.StatusOK {
		return nil, &rejectedError{got.StatusCode, content}
	}
	return content, nil
}

func (s *sandbox) exchange(req *http.Request, out any) error {
	content, err := s.read(req)
	if err != nil {
		return err
	}
	if out == nil { // a page
		return nil
	}
	if err := json.Unmarshal(content, out); err != nil {
		return fmt.Errorf("decoding an answer of the sandbox: %w", err)
	}
	return nil
}
