package backup

import (
	"io"
	"os"
	"time"
)

const progressEvery = 200 * time.Millisecond

// watch reports the size of a file that somebody else writes, until the returned function is called.
func watch(path string, total int64, report func(done, total int64)) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			if info, err := os.Stat(path); err == nil {
				report(info.Size(), max(total, info.Size()))
			}
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

// counted reports what is read from a reader.
type counted struct {
	io.Reader

	done, total int64
	report      func(done, total int64)
	reported    time.Time
	clock       func() time.Time
}

// Read reads, and reports now and then.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.done += int64(n)
	if now := c.clock(); now.Sub(c.reported) >= progressEvery || err != nil {
		c.reported = now
		c.report(c.done, max(c.total, c.done))
	}
	return n, err
}
