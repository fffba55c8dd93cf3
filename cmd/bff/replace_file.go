package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// replaceFile replaces a file with a secret atomically, so that a reader sees
// the old content or the new one. The file keeps its mode and its group, and its
// owner if the process may set it, because the server may read the file by any of
// them.
//
// The content is first written to a new file that only its owner can read, because
// others may be able to write to the folder.
func replaceFile(path string, content []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	err = errors.Join(writeAll(f, content), keepAccess(f, info), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(path)
}

// keepAccess sets the mode and the group of a file to those of the old one, and the
// owner if the process may. It returns an error if the group cannot be set, because
// the mode would then apply to another group.
func keepAccess(f *os.File, old fs.FileInfo) error {
	if owner, ok := old.Sys().(*syscall.Stat_t); ok && f.Chown(int(owner.Uid), int(owner.Gid)) != nil {
		if err := f.Chown(-1, int(owner.Gid)); err != nil {
			return fmt.Errorf("keeping the group: %w", err)
		}
	}
	return f.Chmod(old.Mode().Perm())
}

// writeAll writes and flushes content. A key that is lost loses all its data.
func writeAll(f *os.File, content []byte) error {
	_, err := f.Write(content)
	return errors.Join(err, f.Sync())
}

// syncFolder flushes the directory entry of a file that was created or replaced.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
