package rights

import (
	"errors"
	"time"
)

// Withholding delays that a person sees who fetched the evidence of one of their answers (R51). After its end the person sees
// the fetch with the ground and the end of the delay.
type Withholding struct {
	FormID                       string // "whd_…" of the form that placed it, which is sent once; "" = by a command
	RegistryID, CaseID, SignerID string // the registry's own ids, by which the answers are found
	ConfirmationID               string // of one answer
	Ground                       string // must name nobody
	PlacedBy                     string
	PlacedAt                     time.Time
	Until                        time.Time
}

// MaxWithholding is the longest delay. An answer is withheld once, so that no delay is extended again and again.
const MaxWithholding = 180 * 24 * time.Hour

// ErrWithheld reports that the accesses to an answer are, or were, withheld already.
var ErrWithheld = errors.New("withheld already")
