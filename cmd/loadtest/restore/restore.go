package restore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/crowd"
	"renzheng/test/harness"
)

// Options of a drill.
type Options struct {
	BFF     string // path of the server's binary
	Engine  string // one of scratch's
	MySQL   string // DSN of a server on which databases may be created; for MariaDB
	Persons int
	Seed    uint64        // of the registry's failures; 0 = a random one, which is printed
	Load    time.Duration // before the backup, after it, and after the restore
	Fault   string        // what is done wrong on purpose; see the constants
	Out     io.Writer
}

// The faults that show that the counters count.
const (
	NoFault     = ""
	EarlyBackup = "early"       // the backup is taken too early: what was acknowledged since is lost
	NoRecovery  = "unrecovered" // the backup is loaded and marked live by hand, without 'bff recover'
)

// Result is what a drill found.
type Result struct {
	Engine   string
	Backup   int // acknowledged before the backup
	Lost     int // of these, missing afterwards
	Requests int // with a credential, before the restore
	Replayed int // of these, accepted afterwards
	Events   int // in the feed before the backup
	Kept     int // of these, in the feed afterwards, with the same id at the same position
	Problems []string
}

// String is the last line of a drill.
func (r Result) String() string {
	return fmt.Sprintf("%s: lost: %d, replayed: %d (acknowledged before the backup: %d; requests sent again: %d; events with their ids: %d of %d)",
		r.Engine, r.Lost, r.Replayed, r.Backup, r.Requests, r.Kept, r.Events)
}

// Broken reports whether a promise was not kept, or nothing was tried.
func (r Result) Broken() bool {
	return r.Lost > 0 || r.Replayed > 0 || r.Kept < r.Events || len(r.Problems) > 0 || r.Backup == 0 || r.Requests == 0
}

// ErrBroken means that a promise was broken. The output has the details.
var ErrBroken = errors.New("a promise was not kept, see above")

// drill is one run.
type drill struct {
	options  Options
	folder   string
	place    scratch.Place
	database string
	sandbox  *harness.Sandbox
	crowd    *crowd.Crowd
	recorder *recorder
	logs     *os.File
	server   *harness.Server
	began    time.Time // of the epoch after the restore
}

// Run plays a drill. Errors: ErrBroken, or what kept it from being one.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	folder, err := os.MkdirTemp("", "renzheng-restore-")
	if err != nil {
		return Result{}, fmt.Errorf("making a folder: %w", err)
	}
	d := &drill{options: o, folder: folder, place: scratch.Place{Engine: o.Engine, Folder: folder, Server: o.MySQL}}
	if d.database, err = d.place.Create(ctx, "restore"); err != nil {
		return Result{}, errors.Join(err, os.RemoveAll(folder))
	}
	result, err := d.run(ctx)
	if err != nil {
		return result, errors.Join(err, d.say("data and logs are in %s", folder))
	}
	if err = errors.Join(d.place.Drop(ctx, d.database), os.RemoveAll(folder)); err != nil {
		return result, err
	}
	if result.Broken() {
		return result, ErrBroken
	}
	return result, nil
}

func (d *drill) run(ctx context.Context) (result Result, err error) {
	if d.logs, err = os.Create(filepath.Join(d.folder, "bff.log")); err != nil {
		return result, fmt.Errorf("making a log: %w", err)
	}
	defer func() { err = errors.Join(err, d.logs.Close()) }()
	const finish, patience = 40 * time.Second, 20 * time.Second
	d.crowd = crowd.New(crowd.Options{Persons: d.options.Persons, Seed: d.options.Seed, Out: d.options.Out, Patience: patience, Finish: finish})
	d.sandbox, err = harness.New(ctx, harness.Options{
		Data: d.folder, Database: d.database, Fail: d.crowd.Fail,
		Settings: crowd.Generous().With(harness.Settings{"BFF_STATE_DIR": filepath.Join(d.folder, "state")}),
	})
	if err != nil {
		return result, fmt.Errorf("making a sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, d.sandbox.Close()) }()
	return d.play(ctx)
}

// start starts the server behind the recorder.
func (d *drill) start(ctx context.Context) error {
	address, err := d.sandbox.Reserve()
	if err != nil {
		return fmt.Errorf("reserving an address: %w", err)
	}
	d.server, err = d.sandbox.Start(ctx, harness.Program{Path: d.options.BFF, Listen: address, Logs: d.logs})
	if err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	d.recorder, err = newRecorder(ctx, strings.TrimPrefix(d.sandbox.API, "http://"), d.server.URL)
	return err
}

func (d *drill) say(format string, args ...any) error {
	_, err := fmt.Fprintf(d.options.Out, format+"\n", args...)
	return err
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
