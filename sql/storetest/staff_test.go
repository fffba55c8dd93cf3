package storetest_test

import (
	"encoding/hex"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/keyring"
	"renzheng/retention"
	"renzheng/sql/store"
	"renzheng/staff"
)

// staffSignIn is a sign-in of a member whose provider has one session for each sid.
func (f *fixture) staffSignIn(subject, sid string, change ...func(*staff.NewSession)) staff.NewSession {
	n := staff.NewSession{
		ID: "sts_" + hex.EncodeToString([]byte(subject + sid + "0123456789abcdef"))[:28],
		Identity: staff.Identity{
			Issuer: "https://idp.example", Subject: subject, SessionID: sid, Name: "王五",
			Roles: []staff.Role{staff.Supervisor, staff.Clerk}, Office: "320500", IssuedAt: f.now,
		},
		Now: f.now, IdleUntil: f.now.Add(staff.Idle), Until: f.now.Add(staff.Absolute),
	}
	copy(n.TokenHash[:], subject+sid)
	for _, c := range change {
		c(&n)
	}
	return n
}

func (f *fixture) wantStaff(t *testing.T, s *store.Store, n staff.NewSession, now time.Time, live bool) { //nolint:revive // flag-parameter: what is wanted
	t.Helper()
	found, err := s.FindStaffSession(t.Context(), n.TokenHash, now)
	if live && (err != nil || found.ID != n.ID) {
		t.Errorf("session %s: got %v, %v, want it live", n.ID, found.ID, err)
	}
	if !live {
		wantError(t, err, staff.ErrNotFound)
	}
}

func TestStaffSession_HoldsWhatTheProviderClaimed(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		n := f.staffSignIn("1", "a", func(n *staff.NewSession) {
			n.Identity.Document = &staff.OwnDocument{Type: ann(t).Type, Number: ann(t).Number}
		})
		opened := must[staff.Session](t)(f.store.OpenStaffSession(t.Context(), n))
		found := must[staff.Session](t)(f.replica.FindStaffSession(t.Context(), n.TokenHash, f.now))
		own := hex.EncodeToString(openRing(t, f.keys).Hash(keyring.ForSubject, string(ann(t).Type), ann(t).Number.Reveal()))
		if m := found.Member; m.ID != opened.Member.ID || m.Name != "王五" || m.Office != "320500" || m.Subject != own ||
			!slices.Equal(m.Roles, []staff.Role{staff.Clerk, staff.Supervisor}) {
			t.Errorf("got %+v", m)
		}
		again := must[staff.Session](t)(f.replica.OpenStaffSession(t.Context(), f.staffSignIn("1", "b")))
		other := must[staff.Session](t)(f.replica.OpenStaffSession(t.Context(), f.staffSignIn("2", "c")))
		if again.Member.ID != opened.Member.ID || other.Member.ID == opened.Member.ID {
			t.Errorf("got members %s, %s and %s, want the first two alike", opened.Member.ID, again.Member.ID, other.Member.ID)
		}
		f.store = f.withKeys(t, rotate(t, f.keys))
		later := must[staff.Session](t)(f.store.OpenStaffSession(t.Context(), f.staffSignIn("1", "d")))
		if later.Member.ID != opened.Member.ID {
			t.Error("after a rotation of keys the member is somebody else, who could approve their own work")
		}
	})
}

func TestStaffSession_Ends(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		n := f.staffSignIn("1", "a")
		must[staff.Session](t)(f.store.OpenStaffSession(ctx, n))
		f.wantStaff(t, f.replica, n, f.now.Add(staff.Idle-time.Second), true)
		f.wantStaff(t, f.replica, n, f.now.Add(staff.Idle), false)
		for at := f.now; at.Before(n.Until); at = at.Add(staff.Idle - time.Minute) {
			if err := f.replica.RenewStaffSession(ctx, n.ID, at.Add(staff.Idle), at); err != nil {
				t.Fatal(err)
			}
		}
		f.wantStaff(t, f.store, n, n.Until.Add(-time.Second), true)
		f.wantStaff(t, f.store, n, n.Until, false)
		if err := f.replica.CloseStaffSession(ctx, n.ID, f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.RenewStaffSession(ctx, n.ID, f.now.Add(time.Hour), f.now); err != nil {
			t.Fatal(err)
		}
		f.wantStaff(t, f.store, n, f.now, false)
		var last staff.NewSession
		for i, sid := range []string{"b", "c", "d", "e"} {
			last = f.staffSignIn("1", sid, func(n *staff.NewSession) { n.Now = f.now.Add(time.Duration(i) * time.Second) })
			must[staff.Session](t)(f.store.OpenStaffSession(ctx, last))
		}
		f.wantStaff(t, f.store, f.staffSignIn("1", "b"), f.now, false)
		f.wantStaff(t, f.store, last, f.now, true)
		cut := retention.Cut{Class: retention.StaffSessions, Before: n.Until}
		if gone := must[retention.Batch](t)(f.store.PurgeCut(ctx, cut, n.Until, 10)); gone.Gone != 5 {
			t.Errorf("got %d sessions deleted, want 5", gone.Gone)
		}
	})
}

func TestStaffLogout_EndsWhatWasSignedInBefore(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		one, two, other := f.staffSignIn("1", "a"), f.staffSignIn("1", "b"), f.staffSignIn("2", "c")
		for _, n := range []staff.NewSession{one, two, other} {
			must[staff.Session](t)(f.store.OpenStaffSession(ctx, n))
		}
		ofSession := staff.Logout{Issuer: "https://idp.example", Subject: "1", SessionID: "a", IssuedAt: f.now.Add(time.Second)}
		for want := 1; want >= 0; want-- { // the second time nothing is left to end
			if n := must[int](t)(f.replica.EndStaffSessions(ctx, ofSession, f.now)); n != want {
				t.Errorf("got %d sessions ended, want %d", n, want)
			}
		}
		f.wantStaff(t, f.store, one, f.now, false)
		f.wantStaff(t, f.store, two, f.now, true)
		unnamed := f.staffSignIn("3", "", func(n *staff.NewSession) { n.TokenHash[0] = 'x' }) // of a provider that names its sessions only when they end
		must[staff.Session](t)(f.store.OpenStaffSession(ctx, unnamed))
		ofSession.Subject = "3"
		if n := must[int](t)(f.replica.EndStaffSessions(ctx, ofSession, f.now)); n != 1 {
			t.Errorf("got %d sessions ended, want the one without a name", n)
		}
		f.wantStaff(t, f.store, unnamed, f.now, false)
		foreign := staff.Logout{Issuer: "https://elsewhere.example", Subject: "1", IssuedAt: f.now.Add(time.Hour)}
		if n := must[int](t)(f.store.EndStaffSessions(ctx, foreign, f.now)); n != 0 {
			t.Errorf("another provider ended %d sessions", n)
		}
		ofMember := staff.Logout{Issuer: "https://idp.example", Subject: "1", IssuedAt: f.now.Add(time.Second)}
		if n := must[int](t)(f.store.EndStaffSessions(ctx, ofMember, f.now)); n != 1 {
			t.Errorf("got %d sessions ended, want 1", n)
		}
		f.wantStaff(t, f.replica, two, f.now, false)
		f.wantStaff(t, f.replica, other, f.now, true)
		late := f.staffSignIn("1", "d") // its code was issued before the logout
		_, err := f.replica.OpenStaffSession(ctx, late)
		wantError(t, err, staff.ErrSignedOut)
		anew := f.staffSignIn("1", "e", func(n *staff.NewSession) { n.Identity.IssuedAt = f.now.Add(2 * time.Second) })
		must[staff.Session](t)(f.replica.OpenStaffSession(ctx, anew))
		if n := must[int](t)(f.store.EndStaffSessions(ctx, ofMember, f.now)); n != 0 {
			t.Error("a repeated logout ended a newer sign-in")
		}
	})
}

// Whatever the order in which two replicas meet, no session outlives the logout.
func TestStaffLogout_RacesWithASignIn(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		for _, sid := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			n := f.staffSignIn("1", sid)
			var both sync.WaitGroup
			both.Go(func() { _, _ = f.store.OpenStaffSession(ctx, n) })
			both.Go(func() {
				if _, err := f.replica.EndStaffSessions(ctx, staff.Logout{Issuer: n.Identity.Issuer, SessionID: sid, IssuedAt: f.now}, f.now); err != nil {
					t.Error(err)
				}
			})
			both.Wait()
			f.wantStaff(t, f.store, n, f.now, false)
		}
	})
}
