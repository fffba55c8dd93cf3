package harness

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
)

// Log keeps what programs write. The zero value is empty and ready for use. Safe
// for concurrent use.
type Log struct {
	mu      sync.Mutex
	text    bytes.Buffer
	changed chan struct{} // closed by the next write; nil if nobody waits
}

// Write appends p.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
	return l.text.Write(p)
}

// String returns everything that was written so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Count returns how often a text was written so far.
func (l *Log) Count(text string) int { return strings.Count(l.String(), text) }

// Wait returns when a text was written n times, or with an error when ctx ends.
func (l *Log) Wait(ctx context.Context, text string, n int) error {
	for {
		l.mu.Lock()
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		changed, found := l.changed, strings.Count(l.text.String(), text)
		l.mu.Unlock()
		if found >= n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%q was written %d times, not %d: %w", text, found, n, ctx.Err())
		}
	}
}
