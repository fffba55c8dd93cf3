package session_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// owners is a channel that knows the owner of each account, and its codes by "code".
type owners struct {
	owner identity.Document // zero = it knows none
	asked int
	err   error
}

func (*owners) OwnerCall(u identity.ChannelUser) (session.OwnerCall, error) {
	return session.OwnerCall{AppID: "pay", Data: map[string]string{"openid": u.Reveal()}}, nil
}

func (o *owners) CheckOwner(_ context.Context, q session.OwnerQuery) (session.OwnerVerdict, error) {
	o.asked++
	switch {
	case o.err != nil:
		return "", o.err
	case o.owner.Number.IsZero():
		return session.OwnerUnknown, nil
	case o.owner.Same(q.Document):
		return session.OwnerMatches, nil
	}
	return session.OwnerDiffers, nil
}

// agreed is a store in which every session has agreed to an owner check when it begins one.
type agreed struct{ *store.Store }

const consentOf = "con_of_" // before the session's id

func (s agreed) BeginOwnerCheck(ctx context.Context, sessionID, id string, until, now time.Time) error {
	_, err := s.InsertConsent(ctx, verification.Consent{
		ID: consentOf + sessionID, SessionID: sessionID, Kind: notice.OwnerCheck, AcceptedAt: now,
	}, policy.Quota{Scope: "consents", Limit: 99, Window: time.Hour})
	if err != nil {
		return err
	}
	return s.Store.BeginOwnerCheck(ctx, sessionID, id, until, now)
}

func newOwnerFixture(t *testing.T) (*fixture, *owners) {
	t.Helper()
	w, o := newFixture(t), &owners{owner: document(t, "11010519491231002X")}
	w.Service = session.New(session.Deps{
		Sessions: w.rows, Prefills: w.rows, Keys: w.rows, OwnerChecks: agreed{w.rows}, Clock: w.clock, Rand: rand.Reader,
		Authorizers: map[identity.Channel]session.Authorizer{identity.Alipay: w.channel, identity.WeChat: w.channel},
		Owners:      map[identity.Channel]session.OwnerChecker{identity.Alipay: o},
	})
	return w, o
}

// check begins an owner check of a session and brings back an answer.
func (w *fixture) check(t *testing.T, s session.Session, d identity.Document) (session.OwnerVerdict, error) {
	t.Helper()
	begun, err := w.BeginOwnerCheck(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return w.CheckOwner(t.Context(), s, session.OwnerAnswer{CheckID: begun.ID, ConsentID: consentOf + s.ID, Code: "code", Document: d})
}

func (w *fixture) wantPrefill(t *testing.T, s session.Session, want *identity.Document) {
	t.Helper()
	got, err := w.PendingPrefill(t.Context(), s)
	if err != nil || (got == nil) != (want == nil) || got != nil && !got.Document.Same(*want) {
		t.Errorf("got prefill %v, %v, want %v", got, err, want)
	}
}

func TestCheckOwner_KeepsTheOwnerAsPrefill(t *testing.T) {
	t.Parallel()
	w, o := newOwnerFixture(t)
	s, other := w.open(t).Session, document(t, citizen(t, "11010519900101123"))
	if got, err := w.check(t, s, o.owner); err != nil || got != session.OwnerMatches {
		t.Fatalf("got %q, %v, want matches", got, err)
	}
	w.wantPrefill(t, s, &o.owner)
	if got, err := w.check(t, s, other); err != nil || got != session.OwnerDiffers || o.asked != 1 {
		t.Errorf("got %q, %v after %d calls, want differs by what is known", got, err, o.asked)
	}
	w.wantPrefill(t, s, &o.owner)
	w.pass(session.PrefillLife)
	w.wantPrefill(t, s, nil)
}

func TestCheckOwner_RemembersWhoDiffers(t *testing.T) {
	t.Parallel()
	w, o := newOwnerFixture(t)
	s, other := w.open(t).Session, document(t, citizen(t, "11010519900101123"))
	for range 2 {
		if got, err := w.check(t, s, other); err != nil || got != session.OwnerDiffers || o.asked != 1 {
			t.Fatalf("got %q, %v after %d calls, want differs by one", got, err, o.asked)
		}
	}
	w.wantPrefill(t, s, nil)
	if kept, err := w.rows.Prefill(t.Context(), s.ID, w.clock()); err != nil || !kept.Differs || !kept.Document.Same(other) {
		t.Errorf("got %+v, %v, want the document that differs", kept, err)
	}
	if _, err := w.rows.TakePrefill(t.Context(), s.ID, w.clock()); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("got %v for its use as a prefill, want ErrNotFound", err)
	}
	if got, err := w.check(t, s, o.owner); err != nil || got != session.OwnerMatches {
		t.Errorf("got %q, %v for the owner, want matches", got, err)
	}
	w.wantPrefill(t, s, &o.owner)
}

func TestCheckOwner_IsUsedOnceBySessionAndTime(t *testing.T) {
	t.Parallel()
	w, o := newOwnerFixture(t)
	s := w.open(t).Session
	use := func(s session.Session, id string) error {
		_, err := w.CheckOwner(t.Context(), s, session.OwnerAnswer{CheckID: id, ConsentID: consentOf + s.ID, Code: "code", Document: o.owner})
		return err
	}
	begin := func() string {
		begun, err := w.BeginOwnerCheck(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return begun.ID
	}
	replaced := begin()
	id := begin()
	stranger, err := w.Open(t.Context(), session.OpenRequest{Channel: identity.Alipay, Code: "li"})
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"replaced": use(s, replaced), "of another session": use(stranger.Session, id), "empty": use(stranger.Session, "")} {
		if !errors.Is(err, session.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
	if err := use(s, id); err != nil {
		t.Fatal(err)
	}
	if err := use(s, id); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("used: got %v, want ErrNotFound", err)
	}
	late := begin()
	w.pass(session.OwnerCheckLife)
	if err := use(s, late); !errors.Is(err, session.ErrNotFound) || o.asked != 1 {
		t.Errorf("late: got %v after %d calls, want ErrNotFound", err, o.asked)
	}
}

func TestCheckOwner_BoundsGuesses(t *testing.T) {
	t.Parallel()
	w, o := newOwnerFixture(t)
	o.owner = identity.Document{}
	s, d := w.open(t).Session, document(t, "11010519491231002X")
	for range session.OwnerChecksPerDay {
		if got, err := w.check(t, s, d); err != nil || got != session.OwnerUnknown {
			t.Fatalf("got %q, %v, want unknown", got, err)
		}
	}
	again := w.open(t).Session // of the same account
	if _, err := w.check(t, again, d); !errors.Is(err, session.ErrTooMany) || o.asked != session.OwnerChecksPerDay {
		t.Errorf("got %v after %d calls, want ErrTooMany", err, o.asked)
	}
	w.pass(24 * time.Hour)
	if _, err := w.check(t, w.open(t).Session, d); err != nil {
		t.Errorf("got %v on the next day", err)
	}
}

func TestCheckOwner_Without(t *testing.T) {
	t.Parallel()
	w, o := newOwnerFixture(t)
	s := w.open(t).Session
	if got, err := w.check(t, s, document(t, citizen(t, "11010520150615001"))); err != nil || got != session.OwnerUnknown || o.asked != 0 {
		t.Errorf("a minor: got %q, %v after %d calls, want unknown without one", got, err, o.asked)
	}
	o.err = session.ErrUnavailable
	if _, err := w.check(t, s, o.owner); !errors.Is(err, session.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable", err)
	}
	w.wantPrefill(t, s, nil)
	opened, err := w.Open(t.Context(), session.OpenRequest{Channel: identity.WeChat, Code: "zhang"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.BeginOwnerCheck(t.Context(), opened.Session); !errors.Is(err, session.ErrChannelOff) || w.ChecksOwner(identity.WeChat) {
		t.Errorf("got %v in a channel without, want ErrChannelOff", err)
	}
	if _, err := w.CheckOwner(t.Context(), opened.Session, session.OwnerAnswer{}); !errors.Is(err, session.ErrChannelOff) {
		t.Errorf("got %v in a channel without, want ErrChannelOff", err)
	}
}
