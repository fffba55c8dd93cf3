package todo

import "errors"

// Kinds of failure of a store.
var (
	ErrNotFound      = errors.New("not found")                          // not yours or not there: the same
	ErrNoAccess      = errors.New("no access without a live grant")     // R3
	ErrConflict      = errors.New("state has changed")                  // a conditional update matched no row: read again
	ErrAnswered      = errors.New("already answered")                   // the todo has its answer
	ErrStrokesReused = errors.New("identical strokes were used before") // R21
	ErrKeyReused     = errors.New("idempotency key reused with another body")
	ErrTooMany       = errors.New("more than a person needs in an hour") // codes that lead nowhere
)
