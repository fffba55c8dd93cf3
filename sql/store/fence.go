package store

import (
	"errors"
	"sync/atomic"
)

// ErrFenced says that the database was replaced under a running server, which must not change it any more.
var ErrFenced = errors.New("the database was restored under this server, which must be restarted")

// fence keeps a server from a database that is no longer the one with which it started. The zero value is open.
type fence struct{ cause atomic.Pointer[error] }

// Fence makes every later change of the database fail with [ErrFenced] and the cause, for as long as the store is open. What
// the process knows (leases, cached switches, running checks) is of another epoch than the rows.
func (s *Store) Fence(cause error) {
	err := errors.Join(ErrFenced, cause)
	s.fence.cause.CompareAndSwap(nil, &err)
}

// Fenced returns why the database must not be changed any more, or nil.
func (s *Store) Fenced() error {
	if cause := s.fence.cause.Load(); cause != nil {
		return *cause
	}
	return nil
}
