package staff

import (
	"io"
	"time"
)

// Deps is what a Service needs. All members but Offices are required.
type Deps struct {
	Sessions SessionStore
	Provider Provider
	Offices  Offices
	Clock    func() time.Time
	Rand     io.Reader // cryptographic
}

// Service holds the rules of sign-in and sessions. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }
