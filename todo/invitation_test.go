package todo_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/todo"
)

// invitations is a store of invitations that leads every code to the fixture's todo.
type invitations struct {
	*fixture

	put      *todo.Invitation
	looked   string
	tries    int // that are taken
	limit    int
	released time.Time
}

func (i *invitations) CaseOutline(ctx context.Context, registryID, caseID string) (todo.Case, error) {
	return i.Case(ctx, registryID, caseID)
}

func (i *invitations) PutInvitation(_ context.Context, _ todo.Todo, put todo.Invitation, _ time.Time) error {
	i.put = &put
	return i.fail["PutInvitation"]
}

func (i *invitations) InvitedTodo(_ context.Context, _ todo.Viewer, secret identity.Secret, _ time.Time) (todo.Todo, error) {
	i.looked = secret.Reveal()
	return i.one, i.fail["InvitedTodo"]
}

func (i *invitations) ReserveLookup(_ context.Context, _ string, limit int, window time.Duration, now time.Time) (time.Time, error) {
	i.limit = limit
	if i.fail["ReserveLookup"] == nil {
		i.tries++
	}
	return now.Add(window), i.fail["ReserveLookup"]
}

func (i *invitations) ReleaseLookup(_ context.Context, _ string, endsAt time.Time) error {
	i.tries--
	i.released = endsAt
	return i.fail["ReleaseLookup"]
}

func inviting(t *testing.T) (*invitations, *todo.Service) {
	t.Helper()
	f, rules := newFixture(t)
	i := &invitations{fixture: f}
	deps := rules.Deps
	deps.Cases, deps.Invitations = i, i
	return i, todo.New(deps)
}

func TestInvite_DrawsATokenAndACode(t *testing.T) {
	t.Parallel()
	token, code := regexp.MustCompile(`^[A-Z2-7]{26}$`), regexp.MustCompile(`^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$`)
	seen := map[string]bool{}
	for range 100 {
		i, rules := inviting(t)
		got, err := rules.Invite(t.Context(), "sd", "case", i.one.SignerID)
		if err != nil || i.put == nil || *i.put != got || !got.ExpiresAt.Equal(i.one.ExpiresAt) {
			t.Fatalf("got %v, %v, stored %v", got, err, i.put)
		}
		if !token.MatchString(got.Token.Reveal()) || !code.MatchString(got.Code.Reveal()) {
			t.Errorf("got token %q and code %q", got.Token.Reveal(), got.Code.Reveal())
		}
		seen[got.Token.Reveal()], seen[got.Code.Reveal()] = true, true
	}
	if len(seen) != 200 {
		t.Errorf("got %d different tokens and codes, want 200", len(seen))
	}
}

func TestInvite_OnlyToAnOpenTodo(t *testing.T) {
	t.Parallel()
	for state, want := range map[todo.State]string{
		todo.Confirmed: todo.CodeAlreadyAnswered, todo.Declined: todo.CodeAlreadyAnswered, todo.DoneAtWindow: todo.CodeAlreadyAnswered,
		todo.Expired: todo.CodeExpired, todo.Withdrawn: todo.CodeWithdrawn, todo.Superseded: todo.CodeWithdrawn,
	} {
		i, rules := inviting(t)
		i.one.State = state
		_, err := rules.Invite(t.Context(), "sd", "case", i.one.SignerID)
		wantCode(t, string(state), err, want)
		if i.put != nil {
			t.Errorf("%s: an invitation was stored", state)
		}
	}
	i, rules := inviting(t)
	i.one.ExpiresAt = noon() // its window has passed, and no worker has said so yet
	_, err := rules.Invite(t.Context(), "sd", "case", i.one.SignerID)
	wantCode(t, "after the window", err, todo.CodeExpired)
	if _, err = rules.Invite(t.Context(), "sd", "case", "nobody"); !errors.Is(err, todo.ErrNotFound) {
		t.Errorf("an unknown signer: got %v", err)
	}
}

func TestInvited_CountsOnlyWhatLeadsNowhere(t *testing.T) {
	t.Parallel()
	i, rules := inviting(t)
	id, err := rules.Invited(t.Context(), viewer(t), "wdjb-mjht")
	if err != nil || id != i.one.ID || i.looked != "WDJBMJHT" || i.tries != 0 || i.limit != 20 {
		t.Errorf("got %q, %v, looked up %q, %d of %d tries taken", id, err, i.looked, i.tries, i.limit)
	}
	if want := noon().Add(2 * time.Hour).Truncate(time.Millisecond); !i.released.Equal(want) { // the rules' clock is an hour ahead
		t.Errorf("got a try released to the window until %v, want %v", i.released, want)
	}
	other, err := identity.ParseName("王五")
	if err != nil {
		t.Fatal(err)
	}
	i.one.Signer.Name = other
	if _, err = rules.Invited(t.Context(), viewer(t), "wdjb-mjht"); !errors.Is(err, todo.ErrNotFound) || i.tries != 1 || len(i.events) != 0 {
		t.Errorf("under another name: got %v, %d tries, %d events", err, i.tries, len(i.events))
	}
	i.fail["InvitedTodo"] = todo.ErrNotFound
	if _, err = rules.Invited(t.Context(), viewer(t), "wdjb-mjht"); !errors.Is(err, todo.ErrNotFound) || i.tries != 2 {
		t.Errorf("an unknown code: got %v, %d tries", err, i.tries)
	}
	i.looked, i.fail["ReserveLookup"] = "", todo.ErrTooMany
	if _, err = rules.Invited(t.Context(), viewer(t), "wdjb-mjht"); !errors.Is(err, todo.ErrTooMany) || i.looked != "" {
		t.Errorf("without a try left: got %v, looked up %q", err, i.looked)
	}
}

func TestInvitation_SaysWhenItsStoreFails(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"Case", "PutInvitation"} {
		i, rules := inviting(t)
		i.fail[method] = errStore
		if _, err := rules.Invite(t.Context(), "sd", "case", i.one.SignerID); !errors.Is(err, errStore) {
			t.Errorf("%s: got %v", method, err)
		}
	}
	for _, method := range []string{"ReserveLookup", "InvitedTodo", "ReleaseLookup"} {
		i, rules := inviting(t)
		i.fail[method] = errStore
		if id, err := rules.Invited(t.Context(), viewer(t), "x"); !errors.Is(err, errStore) || id != "" {
			t.Errorf("%s: got %q, %v", method, id, err)
		}
	}
	i, rules := inviting(t)
	deps := rules.Deps
	for _, random := range []string{"", strings.Repeat("a", 16), strings.Repeat("a", 18)} {
		deps.Rand = strings.NewReader(random)
		if _, err := todo.New(deps).Invite(t.Context(), "sd", "case", i.one.SignerID); err == nil || i.put != nil {
			t.Errorf("with %d random bytes: got %v", len(random), err)
		}
	}
}
