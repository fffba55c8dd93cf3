package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"renzheng/cmd/loadtest/scratch"
)

// Options of a run. Rounds and what follows have defaults that suit a machine
// with two cores; tests use less.
type Options struct {
	BFF   string // path of the server's binary
	Self  string // path of this program, which serves the bare handlers as well
	MySQL string // DSN of a server on which databases may be created, without a database; "" = SQLite alone
	Out   io.Writer

	Rounds     int           // of each side
	Parallel   int           // requests at a time
	ReadTime   time.Duration // of one round of reads
	Answers    int           // confirmations of one round
	Persons    int           // who confirm
	IdlePause  time.Duration // before memory is read
	StartTimes int           // how often the server is started
}

func (o Options) filled() Options {
	for _, d := range []struct {
		value    *int
		standard int
	}{{&o.Rounds, 7}, {&o.Parallel, 8}, {&o.Answers, 240}, {&o.Persons, 16}, {&o.StartTimes, 5}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	if o.ReadTime == 0 {
		o.ReadTime = 2 * time.Second
	}
	if o.IdlePause == 0 {
		o.IdlePause = 3 * time.Second
	}
	return o
}

// Run measures on every engine and prints what it finds, the lines
// `ratio: NAME ENGINE VALUE` among it.
func Run(ctx context.Context, o Options) error {
	o = o.filled()
	engines := []string{scratch.SQLite}
	if o.MySQL != "" {
		engines = append(engines, scratch.MariaDB)
	} else if err := say(o.Out, scratch.DSNVariable+" names no server: SQLite alone"); err != nil {
		return err
	}
	if err := describeMachine(o.Out); err != nil {
		return err
	}
	for _, e := range engines {
		if err := measure(ctx, o, e); err != nil {
			return fmt.Errorf("measuring on %s: %w", e, err)
		}
	}
	return nil
}

// measure runs everything on one engine, in a folder that is removed afterwards.
func measure(ctx context.Context, o Options, engine string) (err error) {
	folder, err := os.MkdirTemp("", "renzheng-bench-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := newFixture(ctx, o, scratch.Place{Engine: engine, Folder: folder, Server: o.MySQL})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close(context.WithoutCancel(ctx))) }()
	for _, part := range []func(context.Context) error{s.countStatements, s.compareReads, s.compareConfirmations, s.measureStart} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}
