package erase

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"renzheng/cmd/loadtest/scratch"
)

// gate holds the persons before they are erased, until a backup has them.
type gate struct {
	mu   sync.Mutex
	left int           // persons who have not arrived
	full chan struct{} // closed when all have
	open chan struct{} // closed when the backup is taken
}

func newGate(persons int) *gate {
	g := &gate{left: persons, full: make(chan struct{}), open: make(chan struct{})}
	if persons == 0 {
		close(g.full)
	}
	return g
}

// arrive counts one person, or one who will never come.
func (g *gate) arrive() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left--; g.left == 0 {
		close(g.full)
	}
}

// wait returns when the backup is taken.
func (g *gate) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-g.open:
		return nil
	}
}

func (t *test) file() string { return filepath.Join(t.folder, "backup") }

// backUp takes a backup when all persons have signed, and lets them go on.
func (t *test) backUp(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.gate.full:
	}
	defer close(t.gate.open)
	return t.bff(ctx, "backup", t.file())
}

const (
	inBackup  = `SELECT COUNT(DISTINCT e.id) FROM erasures e JOIN confirmations c ON c.subject_id = e.kept_id`
	openKeys  = `SELECT COUNT(*) FROM data_keys k JOIN erasures e ON k.owner_id IN (e.subject_id, e.account_id)`
	openPaths = `SELECT COUNT(*) FROM sessions s JOIN erasures e ON s.account_id = e.account_id`
)

// recoverBackup destroys the database, recovers the backup of before the erasures, and checks that these were made again.
func (t *test) recoverBackup(ctx context.Context, place scratch.Place) error {
	if err := place.Recreate(ctx, t.database); err != nil {
		return err
	}
	if err := t.bff(ctx, "recover", "--from", t.file()); err != nil {
		return err
	}
	db, err := scratch.Open(t.database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	counts := map[string]int{inBackup: 0, openKeys: 0, openPaths: 0}
	for query := range counts {
		var n int
		if err = db.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return fmt.Errorf("counting what is left: %w", err)
		}
		counts[query] = n
	}
	if err = errors.Join(t.plant(ctx, db), t.checkpoint(ctx, db)); err != nil {
		return err
	}
	found, err := t.search("after a backup of before was recovered")
	if err != nil {
		return err
	}
	left := counts[openKeys] + counts[openPaths]
	err = t.say("recovered from a backup of before: erased again: %d of %d, keys and sessions left: %d, found: %d", counts[inBackup], t.options.Persons, left, found)
	if err == nil && (counts[inBackup] < t.options.Persons || left > 0 || found > 0) {
		err = ErrBroken
	}
	return err
}

// bff runs a command of the server's program with its settings.
func (t *test) bff(ctx context.Context, arguments ...string) error {
	command := exec.CommandContext(ctx, t.options.BFF, arguments...)
	command.Env = append(os.Environ(), t.sandbox.Settings.Environment()...)
	var problems strings.Builder
	command.Stderr = &problems
	if err := command.Run(); err != nil {
		return fmt.Errorf("bff %s: %w\n%s", arguments[0], err, &problems)
	}
	return nil
}
