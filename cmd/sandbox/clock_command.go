package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"renzheng/test/harness"
)

// clockCommand shows or moves the clock of a running sandbox.
type clockCommand struct {
	By      string `arg:"" optional:"" help:"By how much to move the clock: +8d, 36h or 90m. Without it the time is shown."`
	Sandbox string `help:"Address of the simulated third parties." default:"http://127.0.0.1:8090"`
}

// Run prints the time of the sandbox.
func (c clockCommand) Run() error {
	if c.By != "" {
		if _, err := harness.ParseMove(c.By); err != nil {
			return err
		}
	}
	state, err := askClock(context.Background(), c.Sandbox, c.By)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(os.Stdout, "%s, %s ahead of the real time\n", state.Now.Local().Format("2006-01-02 15:04:05"), state.Ahead)
	return err
}

// sandboxTime returns the time of the rules and the sample persons.
func sandboxTime(ctx context.Context, sandbox string) (time.Time, error) {
	state, err := askClock(ctx, sandbox, "")
	return state.Now, err
}

// askClock moves the clock of a sandbox unless by is "", and returns it.
func askClock(ctx context.Context, sandbox, by string) (harness.ClockState, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, sandbox+"/sandbox/clock", strings.NewReader(url.Values{"by": {by}}.Encode()))
	if err != nil {
		return harness.ClockState{}, fmt.Errorf("making a request: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return harness.ClockState{}, fmt.Errorf("asking the sandbox, which make run starts: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return harness.ClockState{}, fmt.Errorf("reading the sandbox's answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return harness.ClockState{}, fmt.Errorf("moving the clock: %s", strings.TrimSpace(string(content)))
	}
	var state harness.ClockState
	if err = json.Unmarshal(content, &state); err != nil {
		return harness.ClockState{}, fmt.Errorf("reading the sandbox's answer: %w", err)
	}
	return state, nil
}
