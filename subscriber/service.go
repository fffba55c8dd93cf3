package subscriber

import (
	"io"
	"time"
)

// Deps is what a Service needs. All are required.
type Deps struct {
	Subscribers Store
	Codes       CodeStore
	Sender      Sender

	// InForce reports whether an agreement is the one that is shown to people who register.
	InForce func(Agreement) bool

	CodesPerNetwork int // codes that the clients of one network may ask for in 24 h
	Clock           func() time.Time
	Rand            io.Reader // cryptographic
}

// Service holds the rules of subscribers. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }
