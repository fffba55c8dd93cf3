package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"renzheng/cmd/loadtest/scratch"
)

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

// describeMachine prints what the figures were measured on.
func describeMachine(out io.Writer) error {
	content, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return fmt.Errorf("reading the machine's memory: %w", err)
	}
	memory, err := memoryField(string(content), "MemTotal:")
	if err != nil {
		return err
	}
	return say(out, "machine: %d cores, %.0f GiB", cores(), memory/1024)
}
