package support

import (
	"io"
	"sync/atomic"
	"time"
)

// Deps are the dependencies of a Service. Account is nil without a service account,
// and Fixed is empty without a fixed picture.
type Deps struct {
	Tickets TicketStore
	Dialog  DialogStore
	Codes   CodeStore
	Account OfficialAccount
	FAQ     *FAQ // until UseFAQ

	Name   string // of the service account, as people see it; "" without one
	Fixed  []byte // picture of a QR code that does not expire; see CheckPicture
	Window string // where and when the service window is open; "" for a general text

	Clock func() time.Time
	Rand  io.Reader
}

// Service is technical support. Safe for concurrent use.
type Service struct {
	deps Deps
	faq  atomic.Pointer[FAQ]
}

// New returns a Service with its dependencies.
func New(d Deps) *Service {
	s := &Service{deps: d}
	s.faq.Store(d.FAQ)
	return s
}

// FAQ returns the frequent questions in force.
func (s *Service) FAQ() *FAQ { return s.faq.Load() }

// UseFAQ puts other questions in force.
func (s *Service) UseFAQ(f *FAQ) { s.faq.Store(f) }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }
