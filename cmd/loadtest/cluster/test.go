package cluster

import (
	"fmt"
	"math/rand/v2"
	"time"

	"renzheng/cmd/loadtest/replicas"
	"renzheng/test/crowd"
	"renzheng/test/harness"
)

// test is one run.
type test struct {
	options  Options
	folder   string
	sandbox  *harness.Sandbox
	crowd    *crowd.Crowd
	rand     *rand.Rand // used by one goroutine
	begun    time.Time
	nodes    nodes
	replicas [2]*replica
	balancer *replicas.Balancer
	faces    int // carried over from one replica to the other
}

func (t *test) say(format string, args ...any) error {
	_, err := fmt.Fprintf(t.options.Out, format+"\n", args...)
	return err
}

// tell says something with the time since the run began.
func (t *test) tell(format string, args ...any) error {
	return t.say("%4.0f s: "+format, append([]any{time.Since(t.begun).Seconds()}, args...)...)
}
