package session

import (
	"io"
	"time"

	"renzheng/identity"
)

// Deps is what a Service needs. All but the maps are required, OwnerChecks only with Owners.
type Deps struct {
	Sessions    Store
	Prefills    PrefillStore
	Keys        IdempotencyStore
	Authorizers map[identity.Channel]Authorizer // a channel without one is off
	Prefillers  map[identity.Channel]Prefiller  // a channel without one offers no prefill
	OwnerChecks OwnerCheckStore
	Owners      map[identity.Channel]OwnerChecker // a channel without one offers no owner check
	Remembering func(identity.Channel) bool       // reports whether a channel offers to remember documents; nil means none
	Clock       func() time.Time
	Rand        io.Reader // cryptographic; tokens and ids come from it
}

// Service holds the rules of sessions. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }
