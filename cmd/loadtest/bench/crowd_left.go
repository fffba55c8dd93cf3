package bench

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// standing is the current state of one person.
type standing struct {
	Tries *struct {
		Left int `json:"left"`
	} `json:"tries"`
}

// still calls run while nobody tries. It waits for the tries in progress.
func (c *crowd) still(run func()) {
	c.looking.Lock()
	defer c.looking.Unlock()
	run()
}

// left adds up the tries that all persons have left, as the API tells them.
func (c *crowd) left(ctx context.Context) (sum int, err error) {
	c.still(func() { sum, err = c.addUp(ctx) })
	return sum, err
}

func (c *crowd) addUp(ctx context.Context) (int, error) {
	sum := 0
	for _, p := range c.persons {
		var s standing
		status, err := c.side.ask(ctx, shot{method: http.MethodGet, path: "/v1/verifications/" + p.verification, token: p.token}, &s)
		if err != nil {
			return 0, err
		}
		if status != http.StatusOK || s.Tries == nil {
			return 0, fmt.Errorf("reading the tries left: got %d without tries", status)
		}
		sum += s.Tries.Left
	}
	return sum, nil
}

// missing returns how many tries are gone although no decision has used them up.
// It first lets the faces that nobody has shown expire, because their tries stay
// reserved until then. Then it waits until the server has asked for them. It must
// be called when no client tries any more.
func (c *crowd) missing(ctx context.Context, before int) (int, error) {
	const patience = 2 * time.Minute // the server asks again after a quarter of an attempt's age
	if c.leave != nil {
		for _, p := range c.persons {
			if err := c.leave(ctx, c, p); err != nil {
				return 0, err
			}
		}
	}
	c.alipay.ExpireFaces()
	end := time.Now().Add(patience)
	for {
		now, err := c.left(ctx)
		gone := before - now - int(c.tally.counted.Load())
		if err != nil || gone <= 0 || time.Now().After(end) {
			return max(0, gone), err
		}
		if !wait(ctx, time.Second) {
			return gone, ctx.Err()
		}
	}
}
