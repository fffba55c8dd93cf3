package window

import (
	"errors"
	"time"

	"renzheng/ledger"
	"renzheng/random"
)

// KindMissed is the entry of a document that was typed and did not match.
const KindMissed ledger.Kind = "visit.not_identified"

// KindNotFound is the entry of a code, or of a case's number, that a member typed and that leads to nothing.
const KindNotFound ledger.Kind = "visit.not_found"

// MissWindow is the time over which misses are counted, from the first one.
const MissWindow = 24 * time.Hour

// Limits are how many documents, codes and numbers of cases that do not match may be typed in [MissWindow], together.
type Limits struct {
	Member int // by one member
	Office int // by all members of an office
}

// DefaultLimits returns the limits that hold if no others are set.
func DefaultLimits() Limits { return Limits{Member: 20, Office: 100} }

// Miss is what is recorded if what was typed does not match.
type Miss struct {
	ID     string // "vim_…"
	Entry  ledger.Draft
	Limits Limits
}

// LimitError reports that too much of what was typed did not match. Nothing was looked up. It is [ErrLimited].
type LimitError struct {
	Until time.Time // when the next one may be typed
}

// Error implements error.
func (*LimitError) Error() string { return ErrLimited.Error() }

// Is implements the interface of [errors.Is].
func (*LimitError) Is(target error) bool { return target == ErrLimited }

// Lookup is a search by what a member typed, which is counted and recorded if it finds nothing.
type Lookup struct {
	Act // without an entry, unless it records what the search is for

	Miss Miss
}

// lookup begins a search of a member. A search outside a visit is recorded under its own id.
func (s *Service) lookup(a Act) (Lookup, error) {
	id, err := random.ID(s.Rand, "vim_")
	if err != nil {
		return Lookup{}, err
	}
	reference := a.VisitID
	if reference == "" {
		reference = id
	}
	missed, err := s.act(a.Member, reference, KindNotFound, "")
	return Lookup{a, Miss{ID: id, Entry: missed.Entry, Limits: s.Limits}}, err
}

// MissOutcome returns the code of an error that says something about a document that was typed, and false for any other.
func MissOutcome(err error) (string, bool) {
	for code, miss := range map[string]error{
		"no_such_case": ErrNotFound, "not_signer": ErrNotSigner, "name_differs": ErrNameDiffers, "own_affair": ErrOwnAffair,
	} {
		if errors.Is(err, miss) {
			return code, true
		}
	}
	return "", false
}
