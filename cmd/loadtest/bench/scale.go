package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"renzheng/cmd/loadtest/scratch"
)

// ScaleOptions configure RunScale.
type ScaleOptions struct {
	BFF   string // path of the server's binary
	MySQL string // DSN of a server on which databases may be created
	Sizes []int  // todos in each database; the others are compared with the first
	Out   io.Writer

	Rounds   int           // of each operation on each database
	Parallel int           // requests at a time
	ReadTime time.Duration // of one round of reads
	Writes   int           // pushes, and confirmations, of one round
	Readers  int           // persons with a full list, who are asked for in random order
}

// RunScale fills one database for each size, starts a server on each, and lets each
// operation run on all of them in turn, so that whatever slows the machine down for
// a while slows all of them. It prints the lines `ratio: OPERATION SIZE/FIRST VALUE`,
// the time that one operation takes with the larger database over the time with the first.
func RunScale(ctx context.Context, o ScaleOptions) (err error) {
	if err = describeMachine(o.Out); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "renzheng-scale-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	var sizes []*sized
	defer func() {
		for _, s := range sizes {
			err = errors.Join(err, s.close(context.WithoutCancel(ctx)))
		}
	}()
	for _, todos := range o.Sizes {
		s := &sized{options: o, todos: todos}
		sizes = append(sizes, s)
		place := scratch.Place{Engine: scratch.MariaDB, Folder: filepath.Join(folder, strconv.Itoa(todos)), Server: o.MySQL}
		if err = s.prepare(ctx, place); err != nil {
			return fmt.Errorf("making a database of %d todos: %w", todos, err)
		}
	}
	for _, s := range sizes {
		if err = s.start(ctx); err != nil {
			return err
		}
	}
	for _, op := range operations() {
		if err = compareSizes(ctx, o, op, sizes); err != nil {
			return fmt.Errorf("%s: %w", op.name, err)
		}
	}
	return nil
}

// compareSizes runs an operation on all databases in turn and prints what one takes.
func compareSizes(ctx context.Context, o ScaleOptions, op operation, sizes []*sized) error {
	times := make([][]float64, len(sizes))
	for round := range o.Rounds + warmUps {
		for i, s := range sizes {
			took, err := op.run(ctx, s, round)
			if err != nil {
				return err
			}
			if round >= warmUps {
				times[i] = append(times[i], took)
			}
		}
	}
	for i, s := range sizes {
		if err := say(o.Out, "%s with %s todos: %.0f µs, rounds from %.0f to %.0f", op.name, short(s.todos),
			median(times[i]), slices.Min(times[i]), slices.Max(times[i])); err != nil {
			return err
		}
	}
	for i, s := range sizes[1:] {
		if err := say(o.Out, "ratio: %s %s/%s %.2f", op.name, short(s.todos), short(sizes[0].todos),
			median(times[i+1])/median(times[0])); err != nil {
			return err
		}
	}
	return nil
}

// short returns 10M for 10000000.
func short(n int) string {
	const thousand, million = 1_000, 1_000_000
	switch {
	case n >= million && n%million == 0:
		return fmt.Sprintf("%dM", n/million)
	case n >= thousand && n%thousand == 0:
		return fmt.Sprintf("%dk", n/thousand)
	}
	return strconv.Itoa(n)
}

// flushAtCommit lets a server write each commit to the disk, or only once a second, which is enough for rows
// that are made again if they are lost.
func flushAtCommit(ctx context.Context, server string, flush bool) error {
	db, err := scratch.Open("mysql:" + server)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "SET GLOBAL innodb_flush_log_at_trx_commit = ?", flush)
	return errors.Join(err, db.Close())
}
