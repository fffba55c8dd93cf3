package rights

import "time"

// Deps is what a Service needs. All members are required.
type Deps struct {
	Erasures  ErasureStore
	TriesLast time.Duration // longest window of a limit
	Clock     func() time.Time
}

// Service holds the rules of a person's rights. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock() }
