package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Load loads a backup into a database that is absent, empty, or itself a copy, which is replaced. It may be run again when it
// was interrupted: until the end no server starts on what is there.
//
// Errors: [ErrDamaged], [ErrOccupied]; what the engine says.
func Load(ctx context.Context, o Options) error {
	if _, err := Verify(o.File); err != nil {
		return err
	}
	kind, target, _ := strings.Cut(o.DSN, ":")
	if kind == "sqlite" {
		return loadSQLite(ctx, o, target)
	}
	return loadMySQL(ctx, o, target)
}

// copyFile copies the backup into a new file, flushed, and verifies the copy.
func copyFile(o Options, to string) (err error) {
	if err = os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	from, total, err := open(o.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode) //nolint:gosec // next to the operator's own database
	if err != nil {
		return err
	}
	_, err = io.Copy(f, &counted{Reader: from, total: total, report: o.Progress, clock: o.Clock})
	if err = errors.Join(err, own(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	want, err := Verify(o.File)
	if err != nil {
		return err
	}
	got, err := digestOf(to)
	if err == nil && got != want {
		err = fmt.Errorf("%w: it changed while it was copied", ErrDamaged)
	}
	return err
}

func open(path string) (*os.File, int64, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// own makes the owner of its folder the owner of a file, if the process may: an operator may recover as another user than
// the server's.
func own(f *os.File) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(filepath.Dir(f.Name()))
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		return f.Chown(int(owner.Uid), int(owner.Gid))
	}
	return nil
}
