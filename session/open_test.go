package session_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
)

func TestService_Open(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, tt := range []struct {
		name    string
		request session.OpenRequest
		want    error
	}{
		{"an account that nobody knows yet", session.OpenRequest{Channel: identity.Alipay, Code: "zhang"}, nil},
		{"a channel that is off", session.OpenRequest{Channel: identity.Web, Code: "zhang"}, session.ErrChannelOff},
		{"a used code", session.OpenRequest{Channel: identity.Alipay, Code: "used"}, session.ErrCodeInvalid},
		{"a phone below the floor keeps its code", session.OpenRequest{
			Channel: identity.Alipay, Code: "used", Client: session.Client{Platform: "android", Version: "4.2.2"},
		}, session.ErrClientUnsupported},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			opened, err := w.Open(t.Context(), tt.request)
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if (err == nil) != (len(opened.Token) == 43) {
				t.Errorf("got a token of %d characters, want 43", len(opened.Token))
			}
		})
	}
}

func TestService_Open_DeviceFloor(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, tt := range []struct {
		platform, version string
		supported         bool
	}{
		{"android", "4.3", true},
		{"android", "4.2.9", false},
		{"android", "4", true},
		{"android", "4.0", false},
		{"android", "3", false},
		{"ios", "10", false},
		{"Android", "15", true},
		{"ios", "11.0", true},
		{"iOS", "10.3.4", false},
		{"ios", "26.1", true},
		{"ios", "1.0", false},
		{"harmonyos", "1.0", true},
		{"ios", "", true},
		{"ios", "0", true},
		{"android", "0", true},
		{"android", "0.0", true},
		{"android", "four", true},
		{"android", "4.x", true},
	} {
		t.Run(tt.platform+" "+tt.version, func(t *testing.T) {
			t.Parallel()
			_, err := w.Open(t.Context(), session.OpenRequest{
				Channel: identity.Alipay, Code: "li", Client: session.Client{Platform: tt.platform, Version: tt.version},
			})
			if errors.Is(err, session.ErrClientUnsupported) == tt.supported {
				t.Errorf("got %v, want supported %t", err, tt.supported)
			}
		})
	}
}

func TestService_Authenticate(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened := w.open(t)
	found, err := w.Authenticate(t.Context(), opened.Token)
	if err != nil || found.ID != opened.Session.ID || found.Account != opened.Session.Account || found.Grant != nil {
		t.Fatalf("got %v, %v", found.ID, err)
	}
	hash := sha256.Sum256([]byte(opened.Token))
	for _, token := range []string{"", "x", opened.Token + "A", opened.Token[:42] + "!", string(hash[:])} {
		if _, err = w.Authenticate(t.Context(), token); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("a forged token: got %v, want not found", err)
		}
	}
}

func TestService_Authenticate_RenewsPastHalf(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened := w.open(t)
	first := opened.Session.IdleUntil
	w.pass(session.Idle / 2)
	found, err := w.Authenticate(t.Context(), opened.Token)
	if err != nil || !found.IdleUntil.Equal(first) {
		t.Fatalf("got %s, %v; want no renewal at half of idle", found.IdleUntil, err)
	}
	w.pass(time.Second)
	if found, err = w.Authenticate(t.Context(), opened.Token); err != nil || !found.IdleUntil.After(first) {
		t.Fatalf("got %s, %v; want a renewal past half of idle", found.IdleUntil, err)
	}
	w.pass(session.Idle - time.Second)
	if _, err = w.Authenticate(t.Context(), opened.Token); err != nil {
		t.Errorf("got %v, want the renewal to hold", err)
	}
	w.pass(session.Idle)
	if _, err = w.Authenticate(t.Context(), opened.Token); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("got %v, want the session to have ended", err)
	}
}

func TestService_Authenticate_AbsoluteEnd(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened := w.open(t)
	const pause = 20 * time.Minute
	for used := pause; used < session.Absolute; used += pause {
		w.pass(pause)
		if _, err := w.Authenticate(t.Context(), opened.Token); err != nil {
			t.Fatalf("after %s: %v", used, err)
		}
	}
	w.pass(pause)
	if _, err := w.Authenticate(t.Context(), opened.Token); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("got %v, want an end after %s however busy", err, session.Absolute)
	}
}

func TestService_Open_FourthEndsFirst(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var all []session.Opened
	for range session.MaxPerAccount + 1 {
		all = append(all, w.open(t))
		w.pass(time.Second)
	}
	for i, opened := range all {
		_, err := w.Authenticate(t.Context(), opened.Token)
		if lives := err == nil; lives != (i > 0) {
			t.Errorf("session %d: got %v", i, err)
		}
	}
}

func TestService_Reissue(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	first := w.open(t)
	second, err := w.Reissue(t.Context(), first.Session.ID)
	if err != nil || second.Session.ID != first.Session.ID || second.Token == first.Token {
		t.Fatalf("got %v, %v", second.Session.ID, err)
	}
	if _, err = w.Authenticate(t.Context(), first.Token); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("the old token: got %v, want not found", err)
	}
	if _, err = w.Authenticate(t.Context(), second.Token); err != nil {
		t.Errorf("the new token: %v", err)
	}
	if err = w.Close(t.Context(), second.Session); err != nil {
		t.Fatal(err)
	}
	if err = w.Close(t.Context(), second.Session); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err = w.Reissue(t.Context(), first.Session.ID); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("a closed session: got %v, want not found", err)
	}
}

func TestChannelUser_Masks(t *testing.T) {
	t.Parallel()
	user := identity.NewChannelUser("app", "open_id", "sentinel")
	if got := fmt.Sprintf("%v %+v %#v %s", user, user, user, user); got != "open_id:[redacted] open_id:[redacted] open_id:[redacted] open_id:[redacted]" {
		t.Errorf("got %s, want the id masked", got)
	}
}
