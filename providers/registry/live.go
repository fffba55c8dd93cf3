package registry

import (
	"sync"

	"renzheng/todo"
)

// Source returns the registries that are configured now.
type Source interface {
	Current() *Directory
}

// Current implements [Source]: a Directory is always the same.
func (b *Directory) Current() *Directory { return b }

// Live is a [Source] whose Directory can be replaced while requests are verified and
// events delivered. What has begun goes on with the Directory that it began with.
// Safe for concurrent use.
type Live struct {
	mu      sync.RWMutex
	current *Directory
	changed chan struct{}
}

var (
	_ Source          = (*Live)(nil)
	_ todo.Registries = (*Live)(nil)
)

// NewLive returns a source with a first directory.
func NewLive(first *Directory) *Live {
	return &Live{current: first, changed: make(chan struct{})}
}

// Current implements [Source].
func (l *Live) Current() *Directory {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.current
}

// Registry implements [todo.Registries].
func (l *Live) Registry(id string) (todo.Registry, bool) { return l.Current().Registry(id) }

// Replace makes another directory the current one.
func (l *Live) Replace(next *Directory) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = next
	close(l.changed)
	l.changed = make(chan struct{})
}

// Changed returns a channel that is closed when the current directory is replaced.
func (l *Live) Changed() <-chan struct{} {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.changed
}
