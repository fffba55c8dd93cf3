package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"renzheng/cmd/bff/state"
)

// stateDir tests the state directory. It makes none.
func (c *checker) stateDir() findings {
	const area, variable = "state", "BFF_STATE_DIR"
	path := c.Storage.StateDir
	if path == "" {
		return findings{warn(area, "set it to a folder of this server alone, outside the database and its backups",
			"%s is not set: a database that was put back by mistake goes unnoticed, and a restore forgets erasures", variable)}
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = state.Writable(filepath.Dir(path)); err == nil {
			return findings{fine(area, "%s does not exist yet; bff serve makes it", path)}
		}
	}
	if err == nil {
		err = state.Writable(path)
	}
	if err != nil {
		return findings{wrong(area, "mkdir -m 0700 "+path+", owned by the server's user", "%s cannot be used: %v", variable, err)}
	}
	const others = 0o077
	if mode := info.Mode().Perm(); mode&others != 0 {
		return findings{warn(area, "chmod 0700 "+path, "others can read or change %s (mode %o)", path, mode)}
	}
	seen, err := state.At(path).Epoch()
	if err != nil {
		return findings{wrong(area, "bring back a copy of the file, or remove it if the database is known to be the newest", "%v", err)}
	}
	return findings{fine(area, "%s can be used; epoch seen last: %d (0 = none)", path, seen.Number)}
}
