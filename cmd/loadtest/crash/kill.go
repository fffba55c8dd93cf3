package crash

import (
	"context"
	"errors"
	"time"
)

// killWhileSigning lets the persons sign while the server is killed, and returns
// when all kills are done and the persons have finished what they had begun.
func (t *test) killWhileSigning(ctx context.Context) (kills int, err error) {
	if err = t.start(ctx); err != nil {
		return 0, err
	}
	t.crowd.Begin(ctx, t.sandbox)
	kills, err = t.kill(ctx)
	t.crowd.End()
	return kills, err
}

// kill ends the server so many times, each time after another while.
func (t *test) kill(ctx context.Context) (int, error) {
	begun := time.Now()
	for n := range t.options.Kills {
		spread := t.options.LongestLife - t.options.ShortestLife
		life := t.options.ShortestLife + time.Duration(t.rand.Int64N(int64(spread)+1))
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-t.server.Ended():
			return n, errors.New("the server ended by itself; its log says why")
		case <-time.After(life):
		}
		t.server.Kill()
		if err := t.start(ctx); err != nil {
			return n + 1, err
		}
		if done := n + 1; done%10 == 0 {
			if err := t.say("%4.0f s: %d kills, %s", time.Since(begun).Seconds(), done, t.crowd); err != nil {
				return done, err
			}
		}
	}
	return t.options.Kills, nil
}
