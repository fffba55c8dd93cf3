package config

import (
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// clockReread is how long a moved clock keeps what it read from its file.
const clockReread = 200 * time.Millisecond

// Clock returns the clock of the rules. In a sandbox it may be ahead of the system's clock, so that one sees in a minute
// what else takes days: windows that end, limits that are lifted, reminders. Calls to and from third parties are not
// moved: their time-stamps must be those of the other side.
func (c *Config) Clock() func() time.Time {
	if c.ClockFile == "" {
		return time.Now
	}
	clock := &movedClock{file: c.ClockFile}
	return clock.now
}

// movedClock is the system's clock and the duration in a file. Concurrency: safe.
type movedClock struct {
	file   string
	ahead  atomic.Int64 // nanoseconds
	readAt atomic.Int64 // milliseconds since 1970
}

func (m *movedClock) now() time.Time {
	now := time.Now()
	if last := m.readAt.Load(); now.UnixMilli()-last >= clockReread.Milliseconds() && m.readAt.CompareAndSwap(last, now.UnixMilli()) {
		m.read()
	}
	return now.Add(time.Duration(m.ahead.Load()))
}

// read keeps the last duration if the file is missing or being written.
func (m *movedClock) read() {
	content, err := os.ReadFile(m.file)
	if err != nil {
		return
	}
	if ahead, err := time.ParseDuration(strings.TrimSpace(string(content))); err == nil {
		m.ahead.Store(int64(ahead))
	}
}
