package upgrade

import (
	"errors"
	"fmt"
	"io"
	"time"

	"renzheng/test/crowd"
)

// Options of a run.
type Options struct {
	Old, New string // paths of the binaries: of the last release, and of this version
	MySQL    string // DSN of a server on which databases may be created
	Rolls    int    // each of them replaces both replicas
	Persons  int    // who sign at a time
	Seed     uint64 // of the registry's failures; 0 = a random one, which is printed
	Enough   int    // confirmations between two rolls
	Careless bool   // stop replicas that are still in the balancer, which must show
	Patience time.Duration
	Out      io.Writer
}

// Result is what a run found. Verdict is nil if the run did not come to its end.
type Result struct {
	Rolls, Requests, Failed int
	Verdict                 *crowd.Verdict
}

// String is the last line of a run.
func (r Result) String() string {
	return fmt.Sprintf("rolls: %d, requests: %d, failed requests: %d, %s", r.Rolls, r.Requests, r.Failed, r.Verdict)
}

// ErrBroken means that a promise was broken. The output has the details.
var ErrBroken = errors.New("a promise was not kept, see above")
