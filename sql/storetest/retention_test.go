package storetest_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// purge deletes everything whose retention is over at a time.
func (k *kit) purge(t *testing.T, at time.Time) {
	t.Helper()
	for gone := 1; gone > 0; {
		var err error
		if gone, err = k.replica.Purge(t.Context(), at, 2); err != nil {
			t.Fatal(err)
		}
	}
}

func (k *kit) wantRows(t *testing.T, when string, want map[string]int) {
	t.Helper()
	for table, n := range want {
		if got := k.count(t, "SELECT COUNT(*) FROM "+table); got != n {
			t.Errorf("%s: got %d rows of %s, want %d", when, got, table, n)
		}
	}
}

// impersonal returns the tables that hold nothing of a person, with the reason.
func impersonal() map[string]string {
	return map[string]string{
		"data_keys":        "wrapped keys; they end with the rows of the other tables",
		"key_checks":       "one for each key of the operator",
		"leases":           "one for each worker",
		"feeds":            "one for each registry",
		"nonces":           "of registries' requests",
		"switches":         "the operator's",
		"switch_changes":   "likewise",
		"provider_tokens":  "the operator's at third parties",
		"support_codes":    "pictures of temporary QR codes",
		"goose_db_version": "one for each migration",
		"sqlite_sequence":  "the engine's own",
	}
}

// docs/privacy.md lists for every table what is kept of a person, and until when.
func TestTables_AreListedWithTheirEnd(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	onEach(t, func(k *kit) {
		tables := "SELECT name FROM sqlite_master WHERE type = 'table'"
		if strings.HasPrefix(k.dsn, "mysql:") {
			tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
		}
		var names []string
		if err := k.raw(k.t).SelectContext(k.t.Context(), &names, tables); err != nil {
			k.t.Fatal(err)
		}
		for _, name := range names {
			listed := regexp.MustCompile("\n\\|.*`" + name + "[.`]").Match(doc)
			if impersonal()[name] == "" && !listed {
				k.t.Errorf("docs/privacy.md does not list %s and its retention", name)
			}
		}
		if len(names) == 0 {
			k.t.Error("found no table")
		}
	})
}

func TestPurge_EndsAVisitThatLedToNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		for range 3 {
			_, v := k.begun(t, "u")
			r := k.shown(t, v)
			if err := k.store.Settle(t.Context(), k.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)); err != nil {
				t.Fatal(err)
			}
			k.now = k.now.Add(2 * time.Minute)
		}
		whole := map[string]int{"sessions": 3, "verifications": 3, "attempts": 3, "checks": 6, "consents": 3, "subjects": 1, "subject_keys": 1}
		k.purge(t, k.now.Add(29*day))
		k.wantRows(t, "within their time", whole)
		k.purge(t, k.now.Add(31*day))
		for table := range whole {
			whole[table] = 0
		}
		k.wantRows(t, "after their time", whole)
		if n := k.count(t, "SELECT COUNT(*) FROM data_keys"); n != 1 {
			t.Errorf("got %d data keys, want the account's alone", n)
		}
		k.access(t, k.consented(t), ann(t)) // the person can come again
	})
}

func (k *kit) consented(t *testing.T) session.Session {
	t.Helper()
	ses := k.login(t, "u")
	k.consent(t, ses)
	return ses
}

func TestPurge_KeepsWhatPassedForThreeYears(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.granted(t, "u", ann(t))
		k.purge(t, k.now.Add(1000*day))
		k.wantRows(t, "within three years", map[string]int{"sessions": 0, "verifications": 1, "attempts": 1, "grants": 1, "consents": 1, "subjects": 1})
		if known, err := k.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face); !known || err != nil {
			t.Errorf("got %t, %v, want the account known as this person", known, err)
		}
		k.purge(t, k.now.Add(1100*day))
		k.wantRows(t, "after three years", map[string]int{"verifications": 0, "attempts": 0, "grants": 0, "consents": 0, "subjects": 0})
	})
}

func TestPurge_LeavesWhatIsNotDecided(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.begun(t, "u")
		k.shown(t, v)
		if err := k.void(v); err != nil {
			t.Fatal(err)
		}
		k.purge(t, k.now.Add(31*day))
		k.wantRows(t, "while the provider may decide", map[string]int{"verifications": 1, "attempts": 1, "subjects": 1})
	})
}

func TestPurge_LeavesAPersonWhoIsNamed(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, first := k.begun(t, "u")
		if err := k.void(first); err != nil {
			t.Fatal(err)
		}
		k.now = k.now.Add(31 * day)
		_, second := k.begun(t, "w")
		k.purge(t, k.now)
		k.wantRows(t, "named again", map[string]int{"verifications": 1, "subjects": 1})
		if second.SubjectID != first.SubjectID {
			t.Error("one person became two")
		}
	})
}

func TestPurge_ForgetsWhomAnAccountStoodForOnAnEarlierDay(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		k.begun(t, "u")
		k.purge(t, k.now.Add(day))
		k.wantRows(t, "the day after", map[string]int{"account_subjects": 1})
		k.purge(t, k.now.Add(2*day))
		k.wantRows(t, "two days after", map[string]int{"account_subjects": 0})
	})
}

// The number of rows that a client can make has a bound per account (R64).
func TestBounds_HoldPerAccount(t *testing.T) {
	t.Parallel()
	one := policy.Quota{Scope: "one", Limit: 1, Window: day}
	for name, again := range map[string]func(k *kit, ses session.Session, n int) error{
		"sign-ins": func(k *kit, _ session.Session, n int) error {
			at := k.now.Add(time.Duration(n) * time.Millisecond)
			_, err := k.store.OpenSession(k.t.Context(), newSession("u", at))
			return err
		},
		"idempotency keys": func(k *kit, ses session.Session, n int) error {
			key := fmt.Sprintf("key %014d", n)
			_, err := k.store.Begin(k.t.Context(), session.Idempotency{Principal: ses.ID, Route: "r", Key: key}, k.now)
			return err
		},
		"verifications": func(k *kit, ses session.Session, _ int) error {
			_, err := k.store.InsertVerification(k.t.Context(), verification.Verification{
				ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
				State: verification.Open, Document: ann(k.t), CreatedAt: k.now, ExpiresAt: k.now.Add(time.Minute),
			}, verification.StartQuotas{Starts: one, Subjects: manyOf("subjects", ses.Account.ID)})
			return err
		},
		"consents": func(k *kit, ses session.Session, n int) error {
			_, err := k.store.InsertConsent(k.t.Context(), verification.Consent{
				ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, Kind: notice.Face,
				NoticeID: "face", Version: "1", NoticeHash: strconv.Itoa(n), AcceptedAt: k.now,
			}, one)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(k *kit) {
				ses := k.login(k.t, "u")
				const most = 1100
				for n := range most {
					err := again(k, ses, n)
					if errors.Is(err, session.ErrTooMany) || errors.As(err, new(*verification.ExhaustedError)) {
						return
					}
					if err != nil {
						k.t.Fatal(err)
					}
				}
				k.t.Errorf("%d were made, and there is no end", most)
			})
		})
	}
}
