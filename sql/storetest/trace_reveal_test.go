package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/operations"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/support"
)

// A trace of several persons is recorded for each of them, and shows nothing at all if one of them is the member.
func TestTrace_IsRecordedForEachPerson(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, of := f.granted(t, "u", ann(t))
		other := f.access(t, ses, bob(t))
		operator := staff.Member{ID: "stf_0123456789abcdef0123456789abcdef", Roles: []staff.Role{staff.Operator}}
		key := operations.TraceKey{SessionPrefix: ses.ID[:14]}
		found := must[[]operations.Trace](t)(operations.RevealTrace(ctx, f.replica, operator, key, f.now))
		if len(found) != 2 || len(found[0].Steps)+len(found[1].Steps) == 0 || found[0].SessionID != ses.ID {
			t.Errorf("got %+v", found)
		}
		accesses := must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now.Add(time.Second)}, 10))
		if len(accesses) != 2 || accesses[0].SubjectID == accesses[1].SubjectID || accesses[0].Shown != rights.ShownSteps || accesses[0].Purpose != staff.ForSupport {
			t.Errorf("got %+v, want one access for each person", accesses)
		}
		one := must[[]operations.Trace](t)(operations.RevealTrace(ctx, f.store, operator, operations.TraceKey{VerificationID: other.ID}, f.now))
		if len(one) != 1 || one[0].VerificationID != other.ID {
			t.Errorf("got %+v", one)
		}
		own := operator
		own.Subject = f.hashOf(t, of.SubjectID)
		for name, c := range map[string]struct {
			member staff.Member
			key    operations.TraceKey
			want   error
		}{
			"the member's own among others": {own, key, rights.ErrOwn},
			"no such session":               {operator, operations.TraceKey{SessionPrefix: "ses_0000000000"}, operations.ErrNotFound},
			"no such verification":          {operator, operations.TraceKey{VerificationID: "ver_0"}, operations.ErrNotFound},
			"no such ticket":                {operator, operations.TraceKey{Ticket: "T-0000-0000"}, operations.ErrNotFound},
			"no key":                        {operator, operations.TraceKey{}, operations.ErrNotFound},
			"an auditor":                    {staff.Member{ID: "stf_1", Roles: []staff.Role{staff.Auditor}}, key, rights.ErrPurpose},
		} {
			if _, err := operations.RevealTrace(ctx, f.store, c.member, c.key, f.now); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
		if accesses = must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now.Add(time.Second)}, 10)); len(accesses) != 3 {
			t.Errorf("got %d accesses, want 3: one that shows nothing is not kept", len(accesses))
		}
	})
}

// A session of nobody who was verified is shown after its access is recorded too.
func TestTrace_OfASessionWithoutAPersonIsRecorded(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses := f.login(t, "u")
		operator := staff.Member{ID: "stf_0123456789abcdef0123456789abcdef", Roles: []staff.Role{staff.Operator}}
		found := must[[]operations.Trace](t)(operations.RevealTrace(ctx, f.replica, operator, operations.TraceKey{SessionPrefix: ses.ID[:14]}, f.now))
		accesses := must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now.Add(time.Second)}, 10))
		if len(found) != 1 || len(accesses) != 1 || accesses[0].Reference != ses.ID || accesses[0].SubjectID != "" {
			t.Errorf("got %+v, recorded as %+v", found, accesses)
		}
	})
}

func TestTickets_AreListedWithoutTheirAccounts(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		for i, user := range []string{"u", "w", "x"} {
			ticket := support.Ticket{
				ID: "tkt_" + user, Code: "T-000" + user, AccountID: f.login(t, user).Account.ID, State: support.Open, CreatedAt: f.now.Add(-time.Duration(i) * time.Hour),
				ExpiresAt: f.now.Add(support.TicketLife - time.Duration(i)*time.Hour), Context: support.Context{Channel: "alipay", Failure: []string{"face_differs", "", "face_differs"}[i]},
			}
			if _, err := f.store.OpenTicket(ctx, ticket); err != nil {
				t.Fatal(err)
			}
		}
		all := must[[]operations.Ticket](t)(f.replica.SupportTickets(ctx, "", f.now, 2))
		if len(all) != 2 || all[0].ID != "tkt_x" || all[1].ID != "tkt_w" {
			t.Errorf("got %+v, want the two oldest", all)
		}
		if some := must[[]operations.Ticket](t)(f.replica.SupportTickets(ctx, "face_differs", f.now, 10)); len(some) != 2 {
			t.Errorf("got %+v, want those of one failure", some)
		}
		counted := must[[]operations.Reason](t)(f.replica.TicketFailures(ctx, f.now))
		if len(counted) != 2 || counted[0] != (operations.Reason{Failure: "face_differs", Count: 2}) {
			t.Errorf("got %+v", counted)
		}
		if _, err := f.replica.SupportTicket(ctx, "tkt_u", f.now.Add(support.TicketLife)); !errors.Is(err, operations.ErrNotFound) {
			t.Errorf("got %v of a ticket that has ended", err)
		}
	})
}
