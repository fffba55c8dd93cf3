package verification_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

var repair = identity.Text{Chinese: "维护到八点", Traditional: "維護到八點", English: "Under repair until eight"}

// setSwitch changes a switch as an operator does.
func (w *fixture) setSwitch(t *testing.T, kind policy.CheckKind, provider string, state policy.SwitchState, until time.Time) {
	t.Helper()
	s := policy.Switch{
		Check: kind, Provider: provider, State: state, Until: until, ChangedAt: w.clock(), ChangedBy: "operator",
	}
	if state != policy.On {
		s.Text = repair
	}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	all, err := w.rows.Switches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Check == kind && one.Provider == provider {
			s.Version = one.Version
		}
	}
	if err = w.rows.PutSwitch(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

// R15: what is off leads to remedies with the operator's words, never past it.
func TestService_Switches_OffIsNeverSkipped(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	w.setSwitch(t, policy.BankCard, "tencentcloud", policy.Off, w.clock().Add(time.Hour))
	w.advance(2 * time.Second) // every replica has heard of it by then
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.State != verification.Open || view.Failure == nil || view.Failure.Code != failure.CheckSwitchedOff {
		t.Fatalf("got %s, %v, %v", view.State, view.Failure, err)
	}
	if view.Failure.Note != repair || view.Next.Provider != "" || view.Checks[1].State != verification.CheckPending {
		t.Errorf("got note %q, provider %q, check %s", view.Failure.Note, view.Next.Provider, view.Checks[1].State)
	}
	_, _, err = w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	rejected, _ := errors.AsType[*verification.RejectedError](err)
	if rejectionCode(err) != failure.CheckSwitchedOff || rejected.Note != repair || len(w.cards.queries) != 0 {
		t.Errorf("got %v after %d queries", err, len(w.cards.queries))
	}
	w.advance(time.Hour)
	later := w.loginAs(t, w.userOf(t, a))
	w.acceptNotices(t, later, policy.Confirm)
	if view, _ = w.card(t, later, w.passFace(t, later), cardPasses); view.State != verification.AwaitingAcceptance {
		t.Errorf("after its time: got %s, want it on again", view.State)
	}
}

func TestService_Switches_ChangeForAll(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	other := verification.New(w.deps) // another replica
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	provider := func(s *verification.Service) string {
		view, err := s.Get(t.Context(), a, id)
		if err != nil {
			t.Fatal(err)
		}
		return view.Next.Provider
	}
	if provider(w.Service) != "alipay" || provider(other) != "alipay" {
		t.Fatal("nobody does the face")
	}
	w.setSwitch(t, policy.Face, policy.EveryProvider, policy.Off, time.Time{})
	w.advance(2 * time.Second)
	if provider(w.Service) != "" || provider(other) != "" {
		t.Error("a replica has not heard of it after two seconds")
	}
	w.setSwitch(t, policy.Face, policy.EveryProvider, policy.On, time.Time{})
	w.advance(2 * time.Second)
	if provider(w.Service) != "alipay" || provider(other) != "alipay" {
		t.Error("a replica has not heard that it is on again")
	}
}

// What is switched off while another source is asked is not asked after it.
func TestService_Switches_OffInTheMiddleOfAnAttempt(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t)
	a := wd.loginWithConsents(t)
	id := wd.passFace(t, a)
	var once sync.Once
	for name, s := range wd.sources {
		noted := s.calls
		s.calls = func() {
			noted()
			once.Do(func() {
				for other := range wd.sources {
					if other != name {
						wd.setSwitch(t, policy.BankCard, other, policy.Off, time.Time{})
					}
				}
				wd.advance(2 * time.Second)
			})
		}
		s.respondWith(sourceBusy, nil)
	}
	_, attempt, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if err != nil || attempt.State != verification.AttemptCancelled || len(wd.order) != 1 {
		t.Errorf("got %s after %v, %v; want nobody asked who is off", attempt.State, wd.order, err)
	}
}

// A degraded source is asked only where none is on, and people read why.
func TestService_Switches_DegradedComesLast(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t)
	for _, s := range wd.sources {
		s.respondWith(sourcePasses, nil)
	}
	a := wd.loginWithConsents(t)
	wd.setSwitch(t, policy.BankCard, "one", policy.Degraded, time.Time{})
	wd.setSwitch(t, policy.BankCard, "two", policy.Off, time.Time{})
	wd.advance(2 * time.Second)
	id := wd.passFace(t, a)
	view, err := wd.Get(t.Context(), a, id)
	if err != nil || view.Next.Provider != "three" || view.Next.Note != (identity.Text{}) {
		t.Errorf("got %q with %q, %v; want the one that is simply on", view.Next.Provider, view.Next.Note, err)
	}
	wd.setSwitch(t, policy.BankCard, "three", policy.Off, time.Time{})
	wd.advance(2 * time.Second)
	if view, err = wd.Get(t.Context(), a, id); err != nil || view.Next.Provider != "one" || view.Next.Note != repair {
		t.Errorf("got %q with %q, %v; want the degraded one with its text", view.Next.Provider, view.Next.Note, err)
	}
	_, attempt, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if err != nil || attempt.Provider != "one" || attempt.State != verification.AttemptPassed {
		t.Errorf("got %s of %q, %v", attempt.State, attempt.Provider, err)
	}
}
