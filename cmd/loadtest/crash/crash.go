package crash

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/crowd"
	"renzheng/test/harness"
)

// Options of a run.
type Options struct {
	BFF     string // path of the server's binary
	Engine  string // one of scratch's
	MySQL   string // DSN of a server on which databases may be created; for MariaDB
	Kills   int
	Persons int
	Seed    uint64 // of the kills and of the registry's failures; 0 = a random one, which is printed
	Out     io.Writer

	// Between two kills the server runs for a time between these.
	ShortestLife, LongestLife time.Duration

	// Patience is how long the registry waits in the end before it asks for what
	// it misses. A lease that died with a server is free after a minute.
	Patience time.Duration
}

// Result is what a run found. Verdict is nil where the run did not come to its
// end.
type Result struct {
	Kills   int
	Verdict *crowd.Verdict
}

// String is the last line of a run.
func (r Result) String() string { return fmt.Sprintf("kills: %d, %s", r.Kills, r.Verdict) }

// ErrBroken means that a promise was broken. The output has the details.
var ErrBroken = errors.New("a promise was not kept, see above")

const (
	adminAddress = "" // a free one for each start
	finishTime   = 40 * time.Second
)

// test is one run.
type test struct {
	options Options
	folder  string
	sandbox *harness.Sandbox
	crowd   *crowd.Crowd
	rand    *rand.Rand // of the kills, used by one goroutine
	logs    *os.File
	server  *harness.Server
}

// Run kills and counts. The data is kept where a promise was not kept, and its
// folder is printed.
//
// Errors: ErrBroken, or what kept the test from being one.
func Run(ctx context.Context, o Options) (result Result, err error) {
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	folder, err := os.MkdirTemp("", "renzheng-crash-")
	if err != nil {
		return Result{}, fmt.Errorf("making a folder: %w", err)
	}
	place := scratch.Place{Engine: o.Engine, Folder: folder, Server: o.MySQL}
	database, err := place.Create(ctx, "crash")
	if err != nil {
		return Result{}, errors.Join(err, os.RemoveAll(folder))
	}
	t := &test{
		options: o, folder: folder, rand: rand.New(rand.NewPCG(o.Seed, 1)),
		crowd: crowd.New(crowd.Options{Persons: o.Persons, Seed: o.Seed, Out: o.Out, Patience: o.Patience, Finish: finishTime}),
	}
	if err = t.say("seed %d, %s, %d persons, %d kills", o.Seed, o.Engine, o.Persons, o.Kills); err != nil {
		return Result{}, err
	}
	result, err = t.run(ctx, database)
	if err != nil {
		return result, errors.Join(err, t.say("data and logs are kept in %s", folder))
	}
	return result, errors.Join(place.Drop(ctx, database), os.RemoveAll(folder))
}

func (t *test) run(ctx context.Context, database string) (result Result, err error) {
	if t.logs, err = os.Create(filepath.Join(t.folder, "bff.log")); err != nil {
		return result, fmt.Errorf("making a log: %w", err)
	}
	defer func() { err = errors.Join(err, t.logs.Close()) }()
	if t.sandbox, err = harness.New(ctx, harness.Options{
		Data: t.folder, Database: database, Fail: t.crowd.Fail, Settings: crowd.Generous(),
	}); err != nil {
		return result, fmt.Errorf("making a sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, t.sandbox.Close()) }()
	if result.Kills, err = t.killWhileSigning(ctx); err != nil {
		return result, err
	}
	if err = t.crowd.Drain(ctx); err != nil {
		return result, err
	}
	return t.judge(ctx, database, result)
}

func (t *test) say(format string, args ...any) error {
	_, err := fmt.Fprintf(t.options.Out, format+"\n", args...)
	return err
}

// start starts the server on what the last one left.
func (t *test) start(ctx context.Context) error {
	server, err := t.sandbox.Start(ctx, harness.Program{Path: t.options.BFF, Admin: adminAddress, Logs: t.logs})
	if err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	t.server = server
	return nil
}
