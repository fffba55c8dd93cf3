package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/test/people"
)

// cost is what one operation takes.
type cost struct {
	server   time.Duration // of the processor, by the server
	database time.Duration // of the processor, by MariaDB
	log      float64       // bytes of MariaDB's redo log
	rows     float64       // bytes of rows and indexes that stay
	flushes  float64       // writes of the log to the disk
}

// RunCapacity measures what a verification, a push, a list and a confirmation cost, and prints them and what loads of a
// year need.
func RunCapacity(ctx context.Context, o ScaleOptions) (err error) {
	if err = describeMachine(o.Out); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "renzheng-capacity-")
	if err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	const few = 2000 // todos; make scale measures what many change
	s := &sized{options: o, todos: few}
	defer func() { err = errors.Join(err, s.close(context.WithoutCancel(ctx)), os.RemoveAll(folder)) }()
	place := scratch.Place{Engine: scratch.MariaDB, Folder: filepath.Join(folder, "data"), Server: o.MySQL}
	if err = s.prepare(ctx, place); err != nil {
		return err
	}
	costs := map[string]cost{}
	if costs["verification"], costs["second face"], err = s.costOfVerification(ctx); err != nil {
		return err
	}
	if err = s.start(ctx); err != nil {
		return err
	}
	for _, op := range operations() {
		if costs[op.name], err = s.costOf(ctx, op); err != nil {
			return fmt.Errorf("%s: %w", op.name, err)
		}
	}
	for _, name := range []string{"verification", "second face", "list", "detail", "push", "confirm"} {
		c := costs[name]
		if err = say(o.Out, "capacity: %s server %.2f ms, database %.2f ms, log %.1f KiB, flushes %.1f, rows %.1f KiB",
			name, ms(c.server), ms(c.database), c.log/kib, c.flushes, c.rows/kib); err != nil {
			return err
		}
	}
	return printYears(o, costs)
}

const kib = 1 << 10

func ms(d time.Duration) float64 { return d.Seconds() * 1000 } //nolint:mnd // milliseconds

// costOfVerification lets persons sign in and pass face and bank card, and then a second face for a todo, with the server's
// rules in this process and third parties that answer at once. Of a picture each face has portraitBytes.
func (s *sized) costOfVerification(ctx context.Context) (first, second cost, err error) {
	o, err := openServices(ctx, s.files, nil)
	if err != nil {
		return first, second, err
	}
	defer func() { err = errors.Join(err, o.store.Close()) }()
	const beforeMeasuring = 50_000 // serials of others
	var signers []client
	first, err = s.metered(ctx, os.Getpid(), func() (int, error) {
		for i := range s.options.Writes {
			p, _ := people.New(people.Passes, beforeMeasuring+i, time.Now())
			v, failed := o.admit(ctx, p)
			if failed != nil {
				return 0, failed
			}
			signers = append(signers, v)
		}
		return len(signers), nil
	})
	if err != nil {
		return first, second, err
	}
	var todos []string
	for i := 0; i < len(signers); i += listLength {
		opened, failed := o.push(ctx, fmt.Sprintf("capacity-%d", i), signers[i:i+listLength])
		if failed != nil {
			return first, second, failed
		}
		todos = append(todos, opened...)
	}
	second, err = s.metered(ctx, os.Getpid(), func() (int, error) {
		for i, v := range signers {
			if _, failed := o.readyToConfirm(ctx, v, todos[i]); failed != nil {
				return 0, failed
			}
		}
		return len(signers), nil
	})
	return first, second, err
}

// costOf runs an operation some rounds.
func (s *sized) costOf(ctx context.Context, op operation) (cost, error) {
	for round := range warmUps {
		if _, err := op.run(ctx, s, round); err != nil {
			return cost{}, err
		}
	}
	return s.metered(ctx, s.server.Process(), func() (int, error) {
		var done float64
		for round := range s.options.Rounds {
			took, err := op.run(ctx, s, round+warmUps)
			if err != nil {
				return 0, err
			}
			if op.name == "push" || op.name == "confirm" {
				done += float64(s.options.Writes)
			} else {
				done += float64(s.options.ReadTime.Microseconds()) / took
			}
		}
		return int(done), nil
	})
}
