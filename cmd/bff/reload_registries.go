package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"renzheng/providers/registry"
)

// registriesEvery is the pause between two looks at the file of registries.
const registriesEvery = 2 * time.Second

// registryWatch reads the file of registries again when it or a file of keys or secrets
// that it names has changed, and on SIGHUP. An invalid file is logged with all its
// problems and changes nothing.
type registryWatch struct {
	path string
	read func() (*registry.Directory, error)
	live *registry.Live

	files   []string // that it names
	seen    string   // the versions of all files when they were read
	problem string   // of the last try, "" if the file was valid
}

// openRegistryWatch reads the file of registries for the first time.
func openRegistryWatch(path string, read func() (*registry.Directory, error)) (*registryWatch, error) {
	w := &registryWatch{path: path, read: read}
	directory, seen, err := w.load()
	if err != nil {
		return nil, err
	}
	w.live, w.seen = registry.NewLive(directory), seen
	return w, nil
}

// run watches the files until ctx ends.
func (w *registryWatch) run(ctx context.Context, logger *slog.Logger) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	ticker := time.NewTicker(registriesEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup:
			w.reload(ctx, logger)
		case <-ticker.C:
			w.look(ctx, logger)
		}
	}
}

// look reads the files if one has changed. It tries again while they are invalid,
// because a file may be written after the file that names it.
func (w *registryWatch) look(ctx context.Context, logger *slog.Logger) {
	if w.problem != "" || w.versions() != w.seen {
		w.reload(ctx, logger)
	}
}

// reload reads the files and replaces the registries. It logs the same problems once.
func (w *registryWatch) reload(ctx context.Context, logger *slog.Logger) {
	next, seen, err := w.load()
	if err != nil {
		if w.problem != err.Error() {
			logger.ErrorContext(ctx, "registries not reloaded", "error", err)
		}
		w.problem = err.Error()
		return
	}
	before, after := w.live.Current().IDs(), next.IDs()
	w.live.Replace(next)
	w.seen, w.problem = seen, ""
	logger.InfoContext(ctx, "registries reloaded", "added", difference(after, before), "removed", difference(before, after))
}

// load reads the files and returns their versions. The versions are taken before the
// files are read, so that a change meanwhile is found by the next look. If the file
// names other files than before, it is read once more.
func (w *registryWatch) load() (*registry.Directory, string, error) {
	for {
		seen := w.versions()
		directory, err := w.read()
		if err != nil {
			return nil, "", err
		}
		named := directory.Files()
		if slices.Equal(named, w.files) {
			return directory, seen, nil
		}
		w.files = named
	}
}

// versions describes all files by time and size. That a file is missing is a version
// too.
func (w *registryWatch) versions() string {
	var all []byte
	for _, path := range append([]string{w.path}, w.files...) {
		if info, err := os.Stat(path); err == nil {
			all = fmt.Appendf(all, "%d %d", info.ModTime().UnixNano(), info.Size())
		}
		all = append(all, '\n')
	}
	return string(all)
}

// difference returns the ids that are not among others.
func difference(ids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(others, id) })
}
