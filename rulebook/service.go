package rulebook

import (
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"renzheng/ledger"
	"renzheng/random"
	"renzheng/staff"
)

// Definition is a kind with its content of the start.
type Definition struct {
	Kind Kind
	File []byte // version 0: a file of the settings, or what is built in

	// Load validates a content as at the start, with every problem at once, and returns a function that puts it in force.
	Load func(content []byte) (use func(), err error)

	// Fields returns a content by the names that people compare; nil = its members, as in [Compare].
	Fields func(content []byte) (map[string]string, error)
	// Change validates what a proposal changes of each version that took effect, file 0 included; nil = anything may change.
	Change func(before, after []byte) error
	// Former is set if what began before a change is finished by what was in force then. A server that starts puts that in force
	// first.
	Former bool
}

// Deps are the dependencies of a Service.
type Deps struct {
	Store Store
	Kinds []Definition
	Clock func() time.Time
	Rand  io.Reader // nil = crypto/rand
}

// Service proposes and decides versions, and puts them in force on this replica. Safe for concurrent use.
type Service struct {
	deps  Deps
	files map[Kind][]byte // canonical

	mu   sync.Mutex
	used map[Kind]int64 // numbers in force on this replica
}

// New returns a Service, or an error if what the server was started with is not valid.
func New(d Deps) (*Service, error) {
	if d.Rand == nil {
		d.Rand = rand.Reader
	}
	s := &Service{deps: d, files: map[Kind][]byte{}, used: map[Kind]int64{}}
	for _, k := range d.Kinds {
		if _, err := k.Load(k.File); err != nil {
			return nil, fmt.Errorf("checking version 0 of %s: %w", k.Kind, err)
		}
		content, err := Canonical(k.File)
		if err != nil {
			return nil, err
		}
		s.files[k.Kind] = content
	}
	return s, nil
}

// Kinds returns the kinds that have versions.
func (s *Service) Kinds() []Kind {
	kinds := make([]Kind, len(s.deps.Kinds))
	for i, k := range s.deps.Kinds {
		kinds[i] = k.Kind
	}
	return kinds
}

func (s *Service) definition(kind Kind) (Definition, error) {
	for _, k := range s.deps.Kinds {
		if k.Kind == kind {
			return k, nil
		}
	}
	return Definition{}, ErrNotFound
}

// NoOffice is the office in the ledger of members who work for the whole authority.
const NoOffice = "authority"

func (s *Service) act(m staff.Member, v Version, kind ledger.Kind) (Act, error) {
	id, err := s.newID("led_")
	if err != nil {
		return Act{}, err
	}
	office := m.Office
	if office == "" {
		office = NoOffice
	}
	now := s.now()
	return Act{VersionID: v.ID, Member: m, Now: now, Entry: ledger.Draft{
		ID: id, At: now, Kind: kind, Office: office, Member: m.ID, Reference: v.ID, Digest: v.Digest,
	}}, nil
}

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

func (s *Service) newID(prefix string) (string, error) { return random.ID(s.deps.Rand, prefix) }
