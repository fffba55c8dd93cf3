package verification_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// unreadableAttempts is a store whose attempts cannot be read.
type unreadableAttempts struct{ verification.Store }

func (unreadableAttempts) Attempt(context.Context, string, string, time.Time) (verification.Attempt, error) {
	return verification.Attempt{}, errProvider
}

func TestService_TellsThatAttemptsCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	_, attempt := w.face(t, a, w.start(t, a, zhang(t)).ID, facePending)
	broken := w.deps
	broken.Store = unreadableAttempts{w.rows}
	s, d := verification.New(broken), zhang(t)
	_, _, startErr := s.StartFace(t.Context(), a, attempt.VerificationID)
	_, _, finishErr := s.FinishFace(t.Context(), a, attempt.VerificationID, attempt.ID)
	_, againErr := s.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
	for name, err := range map[string]error{"start face": startErr, "finish face": finishErr, "start anew": againErr} {
		if !errors.Is(err, errProvider) {
			t.Errorf("%s: got %v, want the store's error", name, err)
		}
	}
}

// A call that failed is logged with its attempt.
func TestService_LogsCallsThatFailed(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := newFixture(t, func(d *verification.Deps) { d.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	a := w.loginWithConsents(t)
	_, attempt := w.face(t, a, w.start(t, a, zhang(t)).ID, facePending)
	if log.Len() != 0 {
		t.Errorf("got %s where nothing failed", log.String())
	}
	w.faces.respondWith(faceBreaks)
	if _, _, err := w.FinishFace(t.Context(), a, attempt.VerificationID, attempt.ID); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), attempt.ID) {
		t.Errorf("got %q, want a line that names the attempt", log.String())
	}
}

// A browser cannot run a mini-program's call: it gets a page, and an address to
// come back to.
func TestService_StartFace_InABrowser(t *testing.T) {
	t.Parallel()
	for channel, want := range map[string]struct{ kind, address string }{
		"web": {"page", "https://example.invalid/back"}, "alipay": {"my.startAPVerify", ""},
	} {
		w := newFixture(t, func(d *verification.Deps) { d.WebAddress = "https://example.invalid/back" })
		a := w.loginWithConsents(t)
		id := w.start(t, a, zhang(t)).ID
		a.Channel = channel
		_, attempt, err := w.StartFace(t.Context(), a, id)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.faces.started[0].ReturnURL; attempt.Call.Kind != want.kind || got != want.address {
			t.Errorf("%s: got call %s and address %q, want %v", channel, attempt.Call.Kind, got, want)
		}
	}
}

// R9: a person who turns eighteen today, by the calendar of Beijing, needs no guardian any more.
func TestService_Start_OnTheEighteenthBirthday(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	for birth, needed := range map[string]bool{"20081121": false, "20081122": true} {
		d := documentOf(t, citizenNumber(t, "110105"+birth+"001"), "张三")
		_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
		if got := rejectionCode(err) == failure.GuardianRequired; got != needed {
			t.Errorf("born %s: got %v, want a guardian needed %t", birth, err, needed)
		}
	}
}

// countedSwitches are switches that count how often they were read.
type countedSwitches struct {
	fixedSwitches

	reads int
}

func (c *countedSwitches) Switches(ctx context.Context) ([]policy.Switch, error) {
	c.reads++
	return c.fixedSwitches.Switches(ctx)
}

// Switches are read once in two seconds, and at once if the clock went back.
func TestService_Switches_AreReadAnewOnlyWhenOld(t *testing.T) {
	t.Parallel()
	switches := &countedSwitches{}
	w := newFixture(t, withSwitches(switches))
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	for _, tt := range []struct {
		passes time.Duration
		reads  int
	}{{0, 0}, {time.Second, 0}, {time.Second - 1, 0}, {1, 1}, {0, 0}, {-time.Millisecond, 1}} {
		before := switches.reads
		w.advance(tt.passes)
		if _, err := w.Get(t.Context(), a, id); err != nil || switches.reads-before != tt.reads {
			t.Errorf("after %v more: got %d reads, %v; want %d", tt.passes, switches.reads-before, err, tt.reads)
		}
	}
}
