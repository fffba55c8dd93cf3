package storetest_test

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

func (f *fixture) wantRows(t *testing.T, when string, want map[string]int) {
	t.Helper()
	for table, n := range want {
		if got := f.count(t, "SELECT COUNT(*) FROM "+table); got != n {
			t.Errorf("%s: got %d rows of %s, want %d", when, got, table, n)
		}
	}
}

func TestPurge_EndsAVisitThatLedToNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for range 3 {
			_, v := f.begun(t, "u")
			r := f.shown(t, v)
			if err := f.store.Settle(t.Context(), f.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)); err != nil {
				t.Fatal(err)
			}
			f.now = f.now.Add(2 * time.Minute)
		}
		whole := map[string]int{"sessions": 3, "verifications": 3, "attempts": 3, "checks": 6, "consents": 3, "subjects": 1, "subject_keys": 1}
		f.purge(t, f.now.Add(29*day))
		f.wantRows(t, "within their time", whole)
		f.purge(t, f.now.Add(31*day))
		for table := range whole {
			whole[table] = 0
		}
		f.wantRows(t, "after their time", whole)
		if n := f.count(t, "SELECT COUNT(*) FROM data_keys"); n != 1 {
			t.Errorf("got %d data keys, want the account's alone", n)
		}
		f.access(t, f.consented(t), ann(t)) // the person can come again
	})
}

func (f *fixture) consented(t *testing.T) session.Session {
	t.Helper()
	ses := f.login(t, "u")
	f.consent(t, ses)
	return ses
}

func TestPurge_KeepsWhatPassedForThreeYears(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.granted(t, "u", ann(t))
		f.purge(t, f.now.Add(1000*day))
		f.wantRows(t, "within three years", map[string]int{"sessions": 0, "verifications": 1, "attempts": 1, "grants": 1, "consents": 1, "subjects": 1})
		if known, err := f.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face); !known || err != nil {
			t.Errorf("got %t, %v, want the account known as this person", known, err)
		}
		f.purge(t, f.now.Add(1100*day))
		f.wantRows(t, "after three years", map[string]int{"verifications": 0, "attempts": 0, "grants": 0, "consents": 0, "subjects": 0})
	})
}

func TestPurge_LeavesWhatIsNotDecided(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		f.shown(t, v)
		if err := f.void(v); err != nil {
			t.Fatal(err)
		}
		f.purge(t, f.now.Add(31*day))
		f.wantRows(t, "while the provider may decide", map[string]int{"verifications": 1, "attempts": 1, "subjects": 1})
	})
}

func TestPurge_LeavesAPersonWhoIsNamed(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, first := f.begun(t, "u")
		if err := f.void(first); err != nil {
			t.Fatal(err)
		}
		f.now = f.now.Add(31 * day)
		_, second := f.begun(t, "w")
		f.purge(t, f.now)
		f.wantRows(t, "named again", map[string]int{"verifications": 1, "subjects": 1})
		if second.SubjectID != first.SubjectID {
			t.Error("one person became two")
		}
	})
}

func TestPurge_ForgetsWhomAnAccountStoodForOnAnEarlierDay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.begun(t, "u")
		f.purge(t, f.now.Add(day))
		f.wantRows(t, "the day after", map[string]int{"account_subjects": 1})
		f.purge(t, f.now.Add(2*day))
		f.wantRows(t, "two days after", map[string]int{"account_subjects": 0})
	})
}

// The number of rows that a client can make has a bound per account (R64).
func TestBounds_HoldPerAccount(t *testing.T) {
	t.Parallel()
	one := policy.Quota{Scope: "one", Limit: 1, Window: day}
	for name, again := range map[string]func(f *fixture, ses session.Session, n int) error{
		"sign-ins": func(f *fixture, _ session.Session, n int) error {
			at := f.now.Add(time.Duration(n) * time.Millisecond)
			_, err := f.store.OpenSession(f.t.Context(), newSession("u", at))
			return err
		},
		"idempotency keys": func(f *fixture, ses session.Session, n int) error {
			key := fmt.Sprintf("key %014d", n)
			_, err := f.store.Begin(f.t.Context(), session.Idempotency{Principal: ses.ID, Route: "r", Key: key}, f.now)
			return err
		},
		"verifications": func(f *fixture, ses session.Session, _ int) error {
			_, err := f.store.InsertVerification(f.t.Context(), verification.Verification{
				ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
				State: verification.Open, Document: ann(f.t), CreatedAt: f.now, ExpiresAt: f.now.Add(time.Minute),
			}, verification.StartQuotas{Starts: one, Subjects: manyOf("subjects", ses.Account.ID)})
			return err
		},
		"consents": func(f *fixture, ses session.Session, n int) error {
			_, err := f.store.InsertConsent(f.t.Context(), verification.Consent{
				ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, Kind: notice.Face,
				NoticeID: "face", Version: "1", NoticeHash: strconv.Itoa(n), AcceptedAt: f.now,
			}, one)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(f *fixture) {
				ses := f.login(f.t, "u")
				const most = 1100
				for n := range most {
					err := again(f, ses, n)
					if errors.Is(err, session.ErrTooMany) || errors.As(err, new(*verification.ExhaustedError)) {
						return
					}
					if err != nil {
						f.t.Fatal(err)
					}
				}
				f.t.Errorf("%d were made, and there is no end", most)
			})
		})
	}
}
