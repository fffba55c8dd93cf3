package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// Folder is the state directory of one server. The nil Folder remembers nothing. Safe for concurrent use.
type Folder struct {
	path string
	mu   sync.Mutex // one writer of a file at a time
}

// Open returns the folder at path, which it makes unless it exists, and tries to write to it. It returns nil for no path.
//
// Errors: the folder cannot be made or written to.
func Open(path string) (*Folder, error) {
	if path == "" {
		return nil, nil //nolint:nilnil // the nil folder is documented
	}
	if err := os.MkdirAll(path, folderMode); err != nil {
		return nil, fmt.Errorf("making the state directory: %w", err)
	}
	return At(path), Writable(path)
}

// At returns the folder at path, which it neither makes nor writes to; nil for no path.
func At(path string) *Folder {
	if path == "" {
		return nil
	}
	return &Folder{path: path}
}

const (
	folderMode = 0o700
	fileMode   = 0o600
)

// Writable returns an error unless files can be made in a folder. It leaves none behind.
func Writable(path string) error {
	f, err := os.CreateTemp(path, ".probe-*")
	if err != nil {
		return fmt.Errorf("writing to the state directory: %w", err)
	}
	if err = errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("writing to the state directory: %w", err)
	}
	return nil
}

// Path returns where the folder is, "" for the nil Folder.
func (f *Folder) Path() string {
	if f == nil {
		return ""
	}
	return f.path
}

// replace replaces a file atomically and flushes it, so that a reader sees the old content or the new one.
func (f *Folder) replace(name string, content []byte) error {
	file, err := os.CreateTemp(f.path, "."+name+"-*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), f.own(file), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.path, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return f.sync()
}

// own makes the owner of the folder the owner of a file: an operator may recover a database as another user than the server's.
func (f *Folder) own(file *os.File) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		return file.Chown(int(owner.Uid), int(owner.Gid))
	}
	return nil
}

// sync flushes the entries of the folder.
func (f *Folder) sync() error {
	folder, err := os.Open(f.path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// read returns the content of a file, nil if it does not exist.
func (f *Folder) read(name string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(f.path, name)) //nolint:gosec // the operator names the folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}
