package harness

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// clock is the clock of the server's rules and of the sample persons. It may be ahead of the real one, by which the third
// parties go. The time ahead is in a file that the server reads too, and stays from one run to the next: a database that
// has seen tomorrow must not see today again.
type clock struct {
	system func() time.Time
	file   string // "" = the clock cannot be moved

	mu sync.Mutex // held while the file changes
}

// newClock keeps the time of an earlier run.
func newClock(system func() time.Time, file string) (*clock, error) {
	c := &clock{system: system, file: file}
	if _, err := c.ahead(); err != nil {
		return nil, fmt.Errorf("reading the clock of an earlier run: %w", err)
	}
	return c, nil
}

func (c *clock) now() time.Time {
	ahead, _ := c.ahead() // newClock has read it, and move writes it at once
	return c.system().Add(ahead)
}

func (c *clock) ahead() (time.Duration, error) {
	if c.file == "" {
		return 0, nil
	}
	content, err := os.ReadFile(c.file)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return time.ParseDuration(strings.TrimSpace(string(content)))
}

// move moves the clock ahead.
func (c *clock) move(by time.Duration) error {
	switch {
	case c.file == "":
		return errors.New("the clock of this sandbox cannot be moved")
	case by <= 0:
		return errors.New("the clock goes forward only; to begin again, end the sandbox and remove its data folder")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ahead, err := c.ahead()
	if err != nil {
		return fmt.Errorf("reading the clock: %w", err)
	}
	written := c.file + ".new"
	if err = writeSecret(written, []byte((ahead + by).String())); err != nil {
		return err
	}
	if err = os.Rename(written, c.file); err != nil {
		return fmt.Errorf("moving the clock: %w", err)
	}
	return nil
}

// ParseMove parses by how much to move the clock: +8d, 36h or 90m.
func ParseMove(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	text = strings.TrimPrefix(text, "+")
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		if n, err := strconv.ParseUint(days, 10, 12); err == nil {
			return time.Duration(n) * day, nil
		}
	}
	by, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%q must be days, hours or minutes such as +8d, 36h or 90m", text)
	}
	return by, nil
}
