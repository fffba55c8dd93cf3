package support

import (
	"io"
	"time"
)

// Deps are the dependencies of a Service. Account is nil without a service account,
// and Fixed is empty without a fixed picture.
type Deps struct {
	Tickets TicketStore
	Dialog  DialogStore
	Codes   CodeStore
	Account OfficialAccount
	FAQ     *FAQ

	Name   string // of the service account, as people see it; "" without one
	Fixed  []byte // picture of a QR code that does not expire; see CheckPicture
	Window string // where and when the service window is open; "" for a general text

	Clock func() time.Time
	Rand  io.Reader
}

// Service is technical support. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service with its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

// FAQ returns the frequent questions.
func (s *Service) FAQ() *FAQ { return s.deps.FAQ }

func (s *Service) now() time.Time { return s.deps.Clock().UTC() }
