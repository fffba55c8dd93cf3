package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Options of a copy, and of loading one. All fields are required.
type Options struct {
	DSN      string // as of store.Config; secret where it holds a password
	File     string // of the copy
	Clock    func() time.Time
	Progress func(done, total int64) // bytes; total is an estimate; called by one goroutine at a time
}

var (
	// ErrNotLive says that the database is itself a copy, or being recovered.
	ErrNotLive = errors.New("the database is not in service, so it is not copied: run 'bff recover' first")

	// ErrChanged says that the database was migrated or recovered while it was copied.
	ErrChanged = errors.New("the database was migrated or recovered meanwhile: take the backup again")

	// ErrDamaged says that a file is not what was written: truncated, changed, or without its digest.
	ErrDamaged = errors.New("the backup is damaged or incomplete")

	// ErrOccupied says that a backup was not loaded because the database exists and is in service.
	ErrOccupied = errors.New("there is a database already, which is not replaced")
)

// Create copies the database into a new file and returns the file's digest. The file exists only once it is complete and
// was verified, as does the file of its digest (see Verify).
//
// Errors: [ErrNotLive], [ErrChanged]; the file exists; what the engine says.
func Create(ctx context.Context, o Options) (digest string, err error) {
	if _, err = os.Lstat(o.File); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", o.File, errors.Join(fs.ErrExist, err))
	}
	partial := o.File + partialSuffix
	if err = os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a backup that was interrupted
		return "", fmt.Errorf("removing an incomplete backup: %w", err)
	}
	if err = copyTo(ctx, o, partial); err == nil {
		digest, err = publish(partial, o.File)
	}
	if err != nil {
		_ = os.Remove(partial) // the cause is worth more
		return "", err
	}
	return digest, nil
}

func copyTo(ctx context.Context, o Options, partial string) error {
	kind, source, _ := strings.Cut(o.DSN, ":")
	if kind == "sqlite" {
		return copySQLite(ctx, o, source, partial)
	}
	return copyMySQL(ctx, o, source, partial)
}

// publish flushes a complete file, writes its digest next to it and gives it its name.
func publish(partial, file string) (string, error) {
	digest, err := sync(partial)
	if err == nil {
		err = writeDigest(file, digest)
	}
	if err == nil {
		err = os.Rename(partial, file)
	}
	if err == nil {
		err = syncFolder(file)
	}
	if err != nil {
		return "", fmt.Errorf("completing the backup: %w", err)
	}
	return digest, nil
}

// sync flushes a file and returns its digest, as it is read back.
func sync(path string) (string, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the operator names the file
	if err != nil {
		return "", err
	}
	if err = errors.Join(f.Sync(), f.Close()); err != nil {
		return "", err
	}
	return digestOf(path)
}

func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
