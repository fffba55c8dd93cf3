package bench

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"
)

// perSecond is how many confirmations a mix has in a second; reads fill the rest.
const perSecond = 15

// mix is the load on the parts of the API that need no third party: reads as
// fast as they are answered, and confirmations at a fixed pace.
type mix struct {
	reads         []shot
	confirmations []shot // each can be sent once
	sent          atomic.Int64
}

// newMix makes the load of what was seeded.
func newMix(s seeds, todoID string) (*mix, error) {
	m := &mix{}
	for _, path := range []string{
		"/v1/todos", "/v1/todos/" + todoID, "/v1/notices?purpose=access&document_type=resident_id&channel=alipay", "/v1/session",
	} {
		m.reads = append(m.reads, shot{method: http.MethodGet, path: path, token: s.reader.token, want: http.StatusOK})
	}
	for _, c := range s.confirmations {
		made, err := c.shot()
		if err != nil {
			return nil, err
		}
		m.confirmations = append(m.confirmations, made)
	}
	return m, nil
}

var errNoConfirmations = errors.New("all prepared confirmations were sent: prepare more")

// run loads a server for a while. Every call must succeed.
func (m *mix) run(ctx context.Context, s side, parallel int, lasts time.Duration) (pace, error) {
	var reads, confirmed atomic.Int64
	begun := time.Now()
	return s.storm(parallel, func() (bool, error) {
		passed := time.Since(begun)
		if passed >= lasts || ctx.Err() != nil {
			return false, ctx.Err()
		}
		due := int64(passed.Seconds() * perSecond)
		if done := confirmed.Load(); done < due && confirmed.CompareAndSwap(done, done+1) {
			n := int(m.sent.Add(1)) - 1
			if n >= len(m.confirmations) {
				return false, errNoConfirmations
			}
			return true, s.fire(ctx, m.confirmations[n])
		}
		return true, s.fire(ctx, m.reads[int(reads.Add(1))%len(m.reads)])
	})
}

// needed is how many confirmations a load of this length sends at most.
func needed(lasts time.Duration) int { return int(lasts.Seconds()*perSecond) + 1 }

// firstTodo returns the id of a todo that a person may read.
func firstTodo(ctx context.Context, s side, v client) (string, error) {
	var list struct {
		Todos []struct {
			ID string `json:"id"`
		} `json:"todos"`
	}
	if _, err := s.ask(ctx, shot{method: http.MethodGet, path: "/v1/todos", token: v.token}, &list); err != nil {
		return "", err
	}
	if len(list.Todos) == 0 {
		return "", errors.New("the reader has no todos")
	}
	return list.Todos[0].ID, nil
}
