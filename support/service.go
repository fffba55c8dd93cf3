package support

import (
	"io"
	"time"
)

// Deps is what a Service works with. Account is nil where there is no service
// account, and Fixed is empty where there is no picture.
type Deps struct {
	Tickets TicketStore
	Dialog  DialogStore
	Codes   CodeStore
	Account OfficialAccount
	FAQ     *FAQ

	Name   string // of the service account, as people see it; "" where there is none
	Fixed  []byte // picture of a code that does not expire; see CheckPicture
	Window string // where and when the service window helps; "" = a general text

	Clock func() time.Time
	Rand  io.Reader
}

// Service is technical support. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

// FAQ gives the frequent questions.
func (s *Service) FAQ() *FAQ { return s.deps.FAQ }

func (s *Service) now() time.Time { return s.deps.Clock().UTC() }
