package window

import (
	"errors"
	"time"

	"renzheng/ledger"
)

// KindMissed is the entry of a document that was typed and did not match.
const KindMissed ledger.Kind = "visit.not_identified"

// MissWindow is the time over which misses are counted, from the first one.
const MissWindow = 24 * time.Hour

// Limits are how many documents that do not match may be typed in [MissWindow].
type Limits struct {
	Member int // by one member
	Office int // by all members of an office
}

// DefaultLimits returns the limits that hold if no others are set.
func DefaultLimits() Limits { return Limits{Member: 20, Office: 100} }

// Miss is what is recorded if a document does not match.
type Miss struct {
	ID     string // "vim_…"
	Entry  ledger.Draft
	Limits Limits
}

// LimitError reports that too many documents did not match. Nothing was looked up.
type LimitError struct {
	Until time.Time // when the next one may be typed
}

// Error implements error.
func (*LimitError) Error() string { return "too many documents did not match" }

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
