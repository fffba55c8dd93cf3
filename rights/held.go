package rights

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Viewer is a person who asks, under a live access grant.
type Viewer struct {
	SessionID string
	AccountID string
	GrantID   string
	SubjectID string
}

// Held is how much is stored of a holding.
type Held struct {
	Code  string // of a Holding
	Count int
	Since time.Time // of the oldest; zero if there is none
}

// Stay is what an erasure leaves by one ground.
type Stay struct {
	Ground GroundCode
	Count  int
	Until  time.Time // zero if the end is not known, as of a legal hold
}

// Answered are answers to one registry that are kept.
type Answered struct {
	RegistryID string
	Count      int
	LastAt     time.Time
}

// Kept is what is stored that has a ground to stay.
type Kept struct {
	OpenTodos     int
	TodosUntil    time.Time
	Answers       []Answered
	Undecided     int
	UndecidedTill time.Time
	Held          int // legal holds on the person, or on a case that names them
	Frozen        int // freezes in force
	Bars          int // proposed or in force
	BarsUntil     time.Time
	Missed        int       // missed appointments
	MissedUntil   time.Time // until when they count
}

// Access is one day on which an office read the evidence of one answer, or one reveal to a member.
type Access struct {
	Staff          *StaffAccess // nil if it is the first; of a reveal, only Times and LastAt are set beside it
	RegistryID     string
	ConfirmationID string
	Times          int // on that day
	LastAt         time.Time
	DelayedUntil   time.Time // zero unless it was shown late
	DelayGround    string    // likewise
}

// PersonStore reads what is stored about a person. Every method joins the live grant of the viewer.
type PersonStore interface {
	// Held returns how much is stored of each holding, in no order. A holding of which nothing is stored may be absent.
	Held(ctx context.Context, v Viewer, now time.Time) ([]Held, error)
	// Kept returns what has a ground to stay.
	Kept(ctx context.Context, v Viewer, now time.Time) (Kept, error)
	// Accesses returns up to limit accesses to evidence, newest first.
	Accesses(ctx context.Context, v Viewer, now time.Time, limit int) ([]Access, error)
	// Reveals returns up to limit reveals to members, newest first.
	Reveals(ctx context.Context, v Viewer, now time.Time, limit int) ([]StaffAccess, error)
}

// Office is a registration authority as it is shown.
type Office struct {
	Name     string
	Evidence time.Duration // for which an answer is kept as evidence
}

// Overview is everything that is stored about a person.
type Overview struct {
	Held      []Held
	ErasureID string // under which an erasure would be recorded
	Stays     []Stay // what an erasure would leave
}

// Overview returns what is stored about the viewer, and what an erasure would leave.
func (s *Service) Overview(ctx context.Context, v Viewer) (Overview, error) {
	now := s.now()
	held, err := s.deps.Persons.Held(ctx, v, now)
	if err != nil {
		return Overview{}, fmt.Errorf("reading what is stored: %w", err)
	}
	kept, err := s.deps.Persons.Kept(ctx, v, now)
	if err != nil {
		return Overview{}, fmt.Errorf("reading what has to stay: %w", err)
	}
	always, err := s.alwaysStays(ctx, now)
	if err != nil {
		return Overview{}, err
	}
	return Overview{Held: held, ErasureID: ErasureID(v.GrantID), Stays: append(s.stays(kept), always...)}, nil
}

// stays lists the grounds of what is stored.
func (s *Service) stays(k Kept) []Stay {
	var stays []Stay
	if k.OpenTodos > 0 {
		stays = append(stays, Stay{OpenTodo, k.OpenTodos, k.TodosUntil})
	}
	var answers Stay
	for _, a := range k.Answers {
		answers.Ground, answers.Count = Answer, answers.Count+a.Count
		if until := a.LastAt.Add(s.Office(a.RegistryID).Evidence); until.After(answers.Until) {
			answers.Until = until
		}
	}
	if answers.Count > 0 {
		stays = append(stays, answers)
	}
	if k.Undecided > 0 {
		stays = append(stays, Stay{Undecided, k.Undecided, k.UndecidedTill})
	}
	if k.Held > 0 {
		stays = append(stays, Stay{Ground: LegalHold, Count: k.Held})
	}
	if k.Frozen > 0 {
		stays = append(stays, Stay{Ground: Frozen, Count: k.Frozen})
	}
	if k.Bars > 0 {
		stays = append(stays, Stay{Barred, k.Bars, k.BarsUntil})
	}
	if k.Missed > 0 && k.MissedUntil.After(s.now()) {
		stays = append(stays, Stay{Missed, k.Missed, k.MissedUntil})
	}
	return stays
}

// repetitionFor is how long the answer to a call is kept for its repetition.
const repetitionFor = 24 * time.Hour

// alwaysStays lists what every erasure leaves.
func (s *Service) alwaysStays(ctx context.Context, at time.Time) ([]Stay, error) {
	tries, err := s.triesLast(ctx)
	return []Stay{
		{Ground: Tries, Count: 1, Until: at.Add(tries)},
		{Ground: Repetition, Count: 1, Until: at.Add(repetitionFor)},
		{Ground: Proof, Count: 1, Until: at.Add(s.deps.ProofKept)},
	}, err
}

// maxAccesses bounds one list, which has an entry for each answer and day.
const maxAccesses = 500

// Accesses returns who looked at what is stored about the viewer, newest first.
func (s *Service) Accesses(ctx context.Context, v Viewer) ([]Access, error) {
	found, err := s.deps.Persons.Accesses(ctx, v, s.now(), maxAccesses)
	if err != nil {
		return nil, fmt.Errorf("listing accesses: %w", err)
	}
	reveals, err := s.deps.Persons.Reveals(ctx, v, s.now(), maxAccesses)
	if err != nil {
		return nil, fmt.Errorf("listing reveals: %w", err)
	}
	for _, r := range reveals {
		found = append(found, Access{Staff: &r, Times: 1, LastAt: r.At})
	}
	slices.SortStableFunc(found, func(a, b Access) int { return b.LastAt.Compare(a.LastAt) })
	return found[:min(len(found), maxAccesses)], nil
}

// Described is an access as the person sees it. The member is not named.
type Described struct{ Office, Role, Purpose string }

// Describe returns how an access is shown in a language.
func (s *Service) Describe(a Access, language string) Described {
	if a.Staff == nil {
		texts := Catalogue().Access
		return Described{s.Office(a.RegistryID).Name, texts.Role.For(language), texts.Purpose.For(language)}
	}
	d := Described{Role: a.Staff.Role.Text().For(language), Purpose: a.Staff.Purpose.Text().For(language)}
	if d.Office = s.deps.Offices.Name(a.Staff.Member.Office, language); d.Office == "" {
		d.Office = s.deps.Authority.For(language)
	}
	return d
}

// Office returns a registration authority as it is shown.
func (s *Service) Office(registryID string) Office { return s.deps.Office(registryID) }
