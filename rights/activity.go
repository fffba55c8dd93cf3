package rights

import (
	"context"
	"fmt"
	"time"
)

// Tried is a verification under the number of a person, from whichever account.
type Tried struct {
	Channel   string
	Purpose   string
	Mine      bool // from the account of the viewer
	State     string
	StartedAt time.Time
	PassedAt  time.Time // zero if it did not pass
	Checks    []TriedCheck
}

// TriedCheck is how far one check of a verification came.
type TriedCheck struct{ Kind, State string }

// Named is a case in which a registry has the number of a person.
type Named struct {
	RegistryID     string
	OtherName      bool   // under another name: the following three are empty then (R8)
	EnterpriseName string // personal
	Role           string
	TodoID         string
	State          string
	OpenedAt       time.Time
	AnsweredAt     time.Time // zero while nobody has answered
	Reported       string    // state of the report that the case is not the person's; "" if absent
}

// Activity is what happened under the number of a person, newest first.
type Activity struct {
	Tried   []Tried
	Named   []Named
	Freezes []Freeze
}

// ActivityStore reads what happened under a number. It joins the live grant of the viewer.
type ActivityStore interface {
	// Activity returns up to limit entries of each kind. ErrNoAccess.
	Activity(ctx context.Context, v Viewer, now time.Time, limit int) (Activity, error)
}

// maxActivity bounds each list of an Activity.
const maxActivity = 200

// Activity returns every verification and case under the number of the viewer, from any channel. ErrNoAccess.
func (s *Service) Activity(ctx context.Context, v Viewer) (Activity, error) {
	found, err := s.deps.Activities.Activity(ctx, v, s.now(), maxActivity)
	if err != nil {
		return Activity{}, fmt.Errorf("reading what happened under a number: %w", err)
	}
	return found, nil
}
