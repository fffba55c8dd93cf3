package restore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/sql/backup"
)

// killedAfter is when the first recovery is killed.
const killedAfter = 150 * time.Millisecond

// restore destroys the database and brings it back. On the way a server must refuse to start three times.
func (d *drill) restore(ctx context.Context) error {
	if err := d.place.Recreate(ctx, d.database); err != nil {
		return err
	}
	if d.options.Fault == NoRecovery {
		if err := d.loadByHand(ctx); err != nil {
			return err
		}
	} else if err := d.recover(ctx); err != nil {
		return err
	}
	d.began = time.Now()
	if err := d.server.Restart(ctx); err != nil {
		return fmt.Errorf("starting the server: %w", err)
	}
	return nil
}

// recover runs the recovery twice: the first is killed.
func (d *drill) recover(ctx context.Context) error {
	if err := d.refused(ctx, "an empty database"); err != nil {
		return err
	}
	killed, cancel := context.WithTimeout(ctx, killedAfter)
	_, err := d.bff(killed, "recover", "--from", d.file())
	cancel()
	if err != nil {
		if err = d.refused(ctx, "half a recovery"); err != nil {
			return err
		}
	}
	began := time.Now()
	output, err := d.bff(ctx, "recover", "--from", d.file())
	if err != nil {
		return err
	}
	return d.say("recovered in %.1f s, after one that was killed:\n%s", time.Since(began).Seconds(), strings.TrimSpace(output))
}

// refused checks that no command works on what is there.
func (d *drill) refused(ctx context.Context, what string) error {
	if _, err := d.bff(ctx, "migrate"); err == nil || ctx.Err() != nil {
		return errors.Join(fmt.Errorf("bff works on %s", what), ctx.Err())
	}
	return nil
}

// loadByHand does what an operator must not do.
func (d *drill) loadByHand(ctx context.Context) error {
	if err := backup.Load(ctx, backup.Options{DSN: d.database, File: d.file(), Clock: time.Now, Progress: func(int64, int64) {}}); err != nil {
		return err
	}
	db, err := scratch.Open(d.database)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "UPDATE database_epoch SET state = 'live'")
	return errors.Join(err, db.Close())
}

// bff runs a command of the server's program with its settings, and returns its output.
func (d *drill) bff(ctx context.Context, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, d.options.BFF, arguments...)
	command.Env = append(os.Environ(), d.sandbox.Settings.Environment()...)
	var out, problems strings.Builder
	command.Stdout, command.Stderr = &out, &problems
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("bff %s: %w\n%s", arguments[0], err, &problems)
	}
	return out.String(), nil
}

const mostProblems = 20 // that are printed

// judge asks the clients, the registry and the database.
func (d *drill) judge(ctx context.Context, result Result) (Result, error) {
	verdict, err := d.crowd.Judge(ctx)
	if err != nil {
		return result, err
	}
	if err = d.server.Stop(); err != nil {
		return result, fmt.Errorf("stopping the server: %w", err)
	}
	db, err := scratch.Open(d.database)
	if err != nil {
		return result, err
	}
	if err = errors.Join(verdict.Ask(ctx, "the database", db), db.Close()); err != nil {
		return result, err
	}
	result.Lost = len(verdict.Lost)
	if len(verdict.Doubled) > 0 {
		result.Problems = append(result.Problems, fmt.Sprintf("DOUBLED %d", len(verdict.Doubled)))
	}
	result.Problems = append(result.Problems, verdict.Problems...)
	if err = d.crowd.Report(verdict); err != nil {
		return result, err
	}
	for _, problem := range result.Problems[:min(len(result.Problems), mostProblems)] {
		if err = d.say("%s", problem); err != nil {
			return result, err
		}
	}
	return result, nil
}
