package staff_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/staff"
)

// provider answers every code with one identity.
type provider struct {
	identity staff.Identity
	logout   staff.Logout
}

func (provider) Authorize(context.Context, staff.Begun) (string, error) {
	return "https://idp.example/", nil
}

func (p provider) Exchange(context.Context, staff.Begun, string) (staff.Identity, error) {
	return p.identity, nil
}
func (p provider) Logout(context.Context, string) (staff.Logout, error) { return p.logout, nil }
func (provider) EndSession(context.Context) (string, error)             { return "", staff.ErrUnavailable }

// sessions remembers what it was told and has one session.
type sessions struct {
	opened  staff.NewSession
	found   staff.Session
	renewed time.Time
	ended   int
}

func (s *sessions) OpenStaffSession(_ context.Context, n staff.NewSession) (staff.Session, error) {
	s.opened = n
	return staff.Session{ID: n.ID}, nil
}

func (s *sessions) FindStaffSession(context.Context, [32]byte, time.Time) (staff.Session, error) {
	return s.found, nil
}

func (s *sessions) RenewStaffSession(_ context.Context, _ string, until, _ time.Time) error {
	s.renewed = until
	return nil
}

func (s *sessions) CloseStaffSession(context.Context, string, time.Time) error { s.ended++; return nil }

func (s *sessions) EndStaffSessions(context.Context, staff.Logout, time.Time) (int, error) {
	s.ended++
	return 1, nil
}

var morning = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func service(p provider, s *sessions) *staff.Service {
	return staff.New(staff.Deps{
		Sessions: s, Provider: p, Clock: func() time.Time { return morning },
		Rand: bytes.NewReader(bytes.Repeat([]byte("0123456789abcdef"), 64)),
	})
}

func clerk(change func(*staff.Identity)) provider {
	i := staff.Identity{Issuer: "https://idp.example", Subject: "1", Roles: []staff.Role{staff.Clerk}, Office: "320500"}
	change(&i)
	return provider{identity: i}
}

func TestComplete_AcceptsOnlyWhoMayWorkHere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*staff.Identity)
		want   error
	}{
		"a clerk of an office":       {func(*staff.Identity) {}, nil},
		"an auditor without office":  {func(i *staff.Identity) { i.Roles, i.Office = []staff.Role{staff.Auditor}, "" }, nil},
		"no role":                    {func(i *staff.Identity) { i.Roles = nil }, staff.ErrNoRole},
		"a role of another system":   {func(i *staff.Identity) { i.Roles = []staff.Role{"root"} }, staff.ErrNoRole},
		"a clerk without office":     {func(i *staff.Identity) { i.Office = "" }, staff.ErrNoOffice},
		"an office that is no id":    {func(i *staff.Identity) { i.Office = "a b" }, staff.ErrNoOffice},
		"an identity without issuer": {func(i *staff.Identity) { i.Issuer = "" }, staff.ErrRejected},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := service(clerk(c.change), &sessions{})
			begun, _, err := s.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err = s.Complete(t.Context(), begun, begun.State, "code"); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestComplete_NeedsTheStateOfThisBrowser(t *testing.T) {
	t.Parallel()
	s := service(clerk(func(*staff.Identity) {}), &sessions{})
	begun, _, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		begun staff.Begun
		state string
		code  string
	}{
		"another state":    {begun, "other", "code"},
		"no state":         {begun, "", "code"},
		"no code":          {begun, begun.State, ""},
		"an empty cookie":  {staff.Begun{}, "", "code"},
		"no nonce":         {staff.Begun{State: begun.State, Verifier: begun.Verifier}, begun.State, "code"},
		"no PKCE verifier": {staff.Begun{State: begun.State, Nonce: begun.Nonce}, begun.State, "code"},
	} {
		if _, err = s.Complete(t.Context(), c.begun, c.state, c.code); !errors.Is(err, staff.ErrRejected) {
			t.Errorf("%s: got %v, want %v", name, err, staff.ErrRejected)
		}
	}
}

func TestAuthenticate_MovesTheIdleEndUpToTheAbsoluteOne(t *testing.T) {
	t.Parallel()
	store := &sessions{}
	s := service(clerk(func(*staff.Identity) {}), store)
	begun, _, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := s.Complete(t.Context(), begun, begun.State, "code")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ idle, until, want time.Time }{
		"used a moment ago":   {morning.Add(staff.Idle), morning.Add(time.Hour), time.Time{}},
		"used long ago":       {morning.Add(time.Minute), morning.Add(time.Hour), morning.Add(staff.Idle)},
		"near its end":        {morning.Add(time.Minute), morning.Add(5 * time.Minute), morning.Add(5 * time.Minute)},
		"at its absolute end": {morning.Add(time.Minute), morning.Add(time.Minute), time.Time{}},
	} {
		store.renewed, store.found = time.Time{}, staff.Session{IdleUntil: c.idle, Until: c.until}
		if _, err = s.Authenticate(t.Context(), opened.Token); err != nil || !store.renewed.Equal(c.want) {
			t.Errorf("%s: renewed until %v (%v), want %v", name, store.renewed, err, c.want)
		}
	}
	if _, err = s.Authenticate(t.Context(), opened.Token+"A"); !errors.Is(err, staff.ErrNotFound) {
		t.Errorf("a longer token: got %v, want %v", err, staff.ErrNotFound)
	}
}

func TestClose_EndsTheSessionWithoutTheProvider(t *testing.T) {
	t.Parallel()
	store := &sessions{}
	address, err := service(provider{}, store).Close(t.Context(), staff.Session{ID: "sts_1"})
	if err != nil || address != "" || store.ended != 1 {
		t.Errorf("got %q, %v, %d ended; want the session ended without an address", address, err, store.ended)
	}
}

func TestLogout_NeedsSomebodyToSignOut(t *testing.T) {
	t.Parallel()
	store := &sessions{}
	if _, err := service(provider{logout: staff.Logout{Issuer: "https://idp.example"}}, store).Logout(t.Context(), "t"); !errors.Is(err, staff.ErrLogoutToken) {
		t.Errorf("without subject and session: got %v, want %v", err, staff.ErrLogoutToken)
	}
	if n, err := service(provider{logout: staff.Logout{Issuer: "i", SessionID: "s"}}, store).Logout(t.Context(), "t"); n != 1 || err != nil {
		t.Errorf("of a session: got %d, %v; want 1", n, err)
	}
}

func TestRoleFor_LetsNobodyRevealForSomebodyElsesWork(t *testing.T) {
	t.Parallel()
	allowed := map[staff.Purpose]staff.Role{
		staff.ForService: staff.Clerk, staff.ForApproval: staff.Supervisor, staff.ForDispute: staff.Supervisor, staff.ForAppeal: staff.Reviewer, staff.ForBar: staff.Reviewer,
		staff.ForCorrection: staff.Officer, staff.ForErasure: staff.Officer, staff.ForComplaint: staff.Officer, staff.ForSupport: staff.Operator,
	}
	for _, p := range staff.Purposes() {
		for _, r := range staff.Roles() {
			got, ok := (staff.Member{Roles: []staff.Role{r}}).RoleFor(p)
			if ok != (allowed[p] == r) || ok && got != r {
				t.Errorf("%s for %s: got %q, %t", r, p, got, ok)
			}
		}
	}
}

func TestTexts_NameEveryRoleAndPurpose(t *testing.T) {
	t.Parallel()
	for _, r := range staff.Roles() {
		if missing := r.Text().Missing(); len(missing) > 0 {
			t.Errorf("role %s has no text in %v", r, missing)
		}
	}
	for _, p := range staff.Purposes() {
		if missing := p.Text().Missing(); len(missing) > 0 {
			t.Errorf("purpose %s has no text in %v", p, missing)
		}
	}
}
