package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// leftFor is how long a file that belongs to no backup may stay: it may be one that is written now.
const leftFor = 24 * time.Hour

// NameAt returns the name of a backup in a folder that has several. The names sort by time.
func NameAt(now time.Time) string {
	return "renzheng-" + now.UTC().Format("20060102T150405Z") + ".backup"
}

func backupNames() *regexp.Regexp {
	return regexp.MustCompile(`^renzheng-\d{8}T\d{6}Z\.backup(\.sha256|\.partial)?$`)
}

// listing is what a folder has of backups.
type listing struct {
	complete []string      // backups that have a digest, the oldest first
	left     []fs.DirEntry // files that belong to none
}

func list(folder string) (listing, error) {
	entries, err := os.ReadDir(folder) // sorted by name
	if err != nil {
		return listing{}, fmt.Errorf("reading the folder of backups: %w", err)
	}
	present := map[string]bool{}
	for _, e := range entries {
		if backupNames().MatchString(e.Name()) {
			present[e.Name()] = true
		}
	}
	var l listing
	for _, e := range entries {
		name := e.Name()
		base := strings.TrimSuffix(strings.TrimSuffix(name, digestSuffix), partialSuffix)
		switch {
		case !present[name]:
		case name == base && present[name+digestSuffix]:
			l.complete = append(l.complete, name)
		case name == base+digestSuffix && present[base]: // goes with its backup
		default:
			l.left = append(l.left, e)
		}
	}
	return l, nil
}

// Newest returns the path of the newest backup of a folder.
//
// Errors: [fs.ErrNotExist].
func Newest(folder string) (string, error) {
	l, err := list(folder)
	if err != nil {
		return "", err
	}
	if len(l.complete) == 0 {
		return "", fmt.Errorf("%s has no backup: %w", folder, fs.ErrNotExist)
	}
	return filepath.Join(folder, l.complete[len(l.complete)-1]), nil
}

// Prune removes the oldest backups in the folder of a new one until keep are left, and returns their names. The new one stays even if the names of
// others are of a later time, because a clock was wrong. Prune also removes what is a day old and was left by a backup that was interrupted.
// Files with other names than those of [NameAt] stay.
//
// An erased person is still in the backups of before, so that an erasure is complete when these are gone.
func Prune(latest string, keep int, now time.Time) ([]string, error) {
	folder, name := filepath.Split(latest)
	l, err := list(folder)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, e := range l.left {
		problems = append(problems, removeLeft(folder, e, now))
	}
	others := slices.DeleteFunc(l.complete, func(n string) bool { return n == name })
	removed := others[:max(0, len(others)+1-keep)]
	for _, name := range removed {
		// The digest last: what is left by an interruption is removed a day later.
		problems = append(problems, remove(folder, name), remove(folder, name+digestSuffix))
	}
	if err = errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("removing old backups: %w", err)
	}
	return removed, nil
}

func removeLeft(folder string, e fs.DirEntry, now time.Time) error {
	info, err := e.Info()
	if errors.Is(err, fs.ErrNotExist) || err == nil && now.Sub(info.ModTime()) < leftFor {
		return nil
	}
	return errors.Join(err, remove(folder, e.Name()))
}

func remove(folder, name string) error {
	err := os.Remove(filepath.Join(folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
