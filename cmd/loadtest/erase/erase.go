package erase

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
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
	Data    string // folder of that server: tables, redo log, undo log and binary log
	Persons int    // who are erased
	Others  int    // who go on signing meanwhile
	Out     io.Writer
}

// Result is what a run found.
type Result struct {
	Erased, Found, Verified, Receipts int
}

// String is the last line of a run.
func (r Result) String() string {
	return fmt.Sprintf("erased: %d, found: %d, receipts verified: %d of %d", r.Erased, r.Found, r.Verified, r.Receipts)
}

// ErrBroken means that a promise was broken. The output has the details.
var ErrBroken = errors.New("a promise was not kept, see above")

const (
	parallel    = 8 // persons at a time
	firstSerial = 400_000
	serialStep  = 4
	patience    = 80 * time.Second
	finishTime  = 40 * time.Second
	endTime     = 5 * time.Minute // of the worker, after the clock was moved
	afterAll    = "+1100d"        // later than the end of every ground
)

// test is one run.
type test struct {
	options  Options
	folder   string
	database string
	planted  string // a value that the search must find
	sandbox  *harness.Sandbox
	server   *harness.Server
	crowd    *crowd.Crowd
	ledger   ledger
	gate     *gate
	slots    chan struct{} // one for each person at work
	logs     *os.File
}

// Run erases and searches. The data is kept where a promise was not kept, and its folder is printed.
//
// Errors: ErrBroken, or what kept the test from being one.
func Run(ctx context.Context, o Options) (Result, error) {
	folder, err := os.MkdirTemp("", "renzheng-erase-")
	if err != nil {
		return Result{}, fmt.Errorf("making a folder: %w", err)
	}
	place := scratch.Place{Engine: o.Engine, Folder: folder, Server: o.MySQL}
	database, err := place.Create(ctx, "erase")
	if err != nil {
		return Result{}, errors.Join(err, os.RemoveAll(folder))
	}
	t := &test{
		options: o, folder: folder, database: database, planted: "planted " + rand.Text(),
		gate: newGate(o.Persons), slots: make(chan struct{}, parallel),
		crowd: crowd.New(crowd.Options{Persons: o.Others, Out: o.Out, Finish: finishTime}),
	}
	result, err := t.run(ctx)
	if err == nil {
		err = t.recoverBackup(ctx, place)
	}
	if err != nil {
		return result, errors.Join(err, t.say("data and logs are kept in %s", folder))
	}
	return result, errors.Join(place.Drop(ctx, database), os.RemoveAll(folder))
}

func (t *test) run(ctx context.Context) (result Result, err error) {
	if t.logs, err = os.Create(filepath.Join(t.folder, "bff.log")); err != nil {
		return result, fmt.Errorf("making a log: %w", err)
	}
	defer func() { err = errors.Join(err, t.logs.Close()) }()
	t.sandbox, err = harness.New(ctx, harness.Options{
		Data: t.folder, Database: t.database, Movable: true, Settings: crowd.Generous().With(harness.Settings{"BFF_LOG_LEVEL": "info", "BFF_STATE_DIR": filepath.Join(t.folder, "state")}),
	})
	if err != nil {
		return result, fmt.Errorf("making a sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, t.sandbox.Close()) }()
	if t.server, err = t.sandbox.Start(ctx, harness.Program{Path: t.options.BFF, Logs: t.logs}); err != nil {
		return result, fmt.Errorf("starting the server: %w", err)
	}
	defer t.server.Kill()
	t.crowd.Begin(ctx, t.sandbox)
	err = t.eraseAll(ctx)
	t.crowd.End()
	if err != nil {
		return result, err
	}
	return t.judge(ctx)
}

// eraseAll lets the persons sign, takes the backup and erases them, several at a time.
func (t *test) eraseAll(ctx context.Context) error {
	var group sync.WaitGroup
	backedUp := make(chan error, 1)
	go func() { backedUp <- t.backUp(ctx) }()
	for number := range t.options.Persons {
		group.Go(func() { t.visit(ctx, number) }) // failures are in the ledger
	}
	group.Wait()
	if err := <-backedUp; err != nil {
		return err
	}
	for _, failed := range t.ledger.failed {
		if err := t.say("NOT ERASED: %v", failed); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), t.say("%d persons were erased, while others answered %d todos", len(t.ledger.erasures), t.crowd.Acknowledged()))
}

func (t *test) say(format string, args ...any) error {
	_, err := fmt.Fprintf(t.options.Out, format+"\n", args...)
	return err
}
