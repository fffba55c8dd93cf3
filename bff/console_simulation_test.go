package bff_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/rulebook"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// simulations returns the simulations of a fixture, whose worker the test runs itself.
func (w *fixture) simulations(t *testing.T, rules *rulebook.Service) *replay.Service {
	t.Helper()
	prices, err := replay.ParsePrices([]string{"face/alipay=0.5"})
	if err != nil {
		t.Fatal(err)
	}
	return &replay.Service{Store: w.rows, Simulations: w.rows, Prices: prices, Clock: w.clock, Rules: func(ctx context.Context, id string) (before, after replay.Rules, err error) {
		v, err := rules.Version(ctx, id)
		if err != nil {
			return before, after, err
		}
		before = replay.Rules{Policy: w.deps.Verifications.Policy(), Limits: w.deps.Verifications.Limits()}
		after = before
		if v.Kind == rulebook.Policy {
			after.Policy, err = policy.Load(v.Content)
		} else {
			after.Limits, err = policy.LoadLimits(v.Content)
		}
		return before, after, err
	}}
}

// happened puts a verification there with faces that failed, and one that passed.
func (w *fixture) happened(t *testing.T, db *sql.DB, channel string, n, failed int) {
	t.Helper()
	at := w.clock().Add(-time.Duration(n+1) * 24 * time.Hour / 2).UnixMilli()
	id := fmt.Sprintf("ver_%s_%d", channel, n)
	exec := func(query string, args ...any) {
		if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO verifications (id, session_id, account_id, subject_id, purpose, channel, state, document_cipher, document_type, prefilled, policy_digest, created_at, expires_at, passed_at)
		VALUES (?, 'ses_1', ?, ?, 'access', ?, 'consumed', x'00', 'resident_id', 0, '', ?, 0, ?)`, id, "acc_"+id, "sub_"+id, channel, at, at+1)
	exec("INSERT INTO checks (verification_id, position, kind, state) VALUES (?, 0, 'face', 'passed')", id)
	for try := range failed + 1 {
		exec(`INSERT INTO attempts (id, verification_id, session_id, account_id, subject_id, kind, provider, state, counted, undecided, budgets, started_at, expires_at, next_try_at)
			VALUES (?, ?, 'ses_1', ?, ?, 'face', 'alipay', ?, ?, 0, '[]', ?, 0, 0)`, fmt.Sprintf("%s_%d", id, try), id, "acc_"+id, "sub_"+id,
			map[bool]string{true: "passed", false: "failed"}[try == failed], try < failed, at+int64(try)*60000)
	}
}

// Of 20 persons, 4 each needed 1 to 5 faces. With three failures a day instead of five, those with 3 and 4 failures would have been stopped
// after their third call: 8 persons, and 4 × (1 + 2 + 3 + 3 + 3) of 60 calls.
func TestOperator_SimulatesLimits(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	db, err := sql.Open("sqlite", "file:"+w.path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for n := range 20 {
		w.happened(t, db, "alipay", n, n%5)
	}
	for n := range 3 {
		w.happened(t, db, "wechat", n, 4)
	}
	w.happened(t, db, "alipay", 100, 4) // 50 days ago
	c := newConsole(t, w)
	operator := c.SignedIn(t, "operator")
	limits := policy.DefaultLimits()
	limits.Face.Tries = 3
	content, err := limits.Encode()
	if err != nil {
		t.Fatal(err)
	}
	page := operator.Open("/rules/new?kind=limits&as=json").Submit("/rules", url.Values{"content": {string(content)}, "note": {"三次"}}).Want(http.StatusOK, "Proposed.")
	page = page.Follow(page.Path+"/simulation").Want(http.StatusOK, "It was not simulated yet")
	page = page.Submit(page.Path, nil).Want(http.StatusOK, "Running: 0 of 0")
	if page.HasForm(page.Path) {
		t.Error("a simulation that runs is offered to be started")
	}
	simulates(t, c.Simulations, 1)
	page = operator.Open(page.Path).Want(http.StatusOK, "Replayed 23 verifications", "Alipay · to see to-dos · Resident identity card", "20 (20)", "48 – 60", "30.00", "24.00 – 30.00",
		"Groups of fewer than 5 persons, which are hidden: 1", "What cannot be simulated")
	page.WantNot("acc_", "sub_", "WeChat")
	_, found, err := c.Simulations.Get(t.Context(), versionOf(page.Path))
	if err != nil || len(found.Groups) != 1 || found.Groups[0].Stopped != (replay.Range{Low: 8, High: 8}) {
		t.Errorf("got %+v, %v, want 8 persons stopped", found, err)
	}
	simulates(t, c.Simulations, 0)
	c.SignedIn(t, "operator2").Open("/rules/new?kind=faq&as=json").Submit("/rules", changedFAQ())
	faq, err := w.rows.VersionsOf(t.Context(), rulebook.FAQ, 1)
	if err != nil || len(faq) != 1 {
		t.Fatal(err)
	}
	operator.Open("/rules/" + faq[0].ID + "/simulation").Want(http.StatusNotFound)
	t.Log("as documented: an operator simulates limits on what happened")
}

// Six persons passed with a face by Alipay. How the provider of the proposed policy would have decided is not known.
func TestOperator_SimulatesAPolicy(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	db, err := sql.Open("sqlite", "file:"+w.path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for n := range 6 {
		w.happened(t, db, "alipay", n, 0)
	}
	c := newConsole(t, w)
	operator := c.SignedIn(t, "operator")
	form := operator.Open("/rules/new?kind=policy").Want(http.StatusOK)
	content := strings.Replace(form.Field("content"), "\"providers\": [\n            \"alipay\"", "\"providers\": [\n            \"agency\"", 1)
	page := form.Submit("/rules", url.Values{"content": {content}, "note": {"换一家"}}).Want(http.StatusOK, "Proposed.")
	page = page.Follow(page.Path+"/simulation").Submit(page.Path+"/simulation", nil).Want(http.StatusOK, "Running: 0 of 0")
	simulates(t, c.Simulations, 1)
	operator.Open(page.Path).Want(http.StatusOK, "Replayed 6 verifications", "Alipay · to see to-dos · Resident identity card", "6 (6)").WantNot("acc_", "sub_")
	_, found, err := c.Simulations.Get(t.Context(), versionOf(page.Path))
	if err != nil || len(found.Groups) != 1 || found.Groups[0].Persons != 6 || found.Groups[0].Calls != 6 || found.Groups[0].Stopped != (replay.Range{Low: 0, High: 6}) {
		t.Errorf("got %+v, %v, want that none to all of 6 persons would have been stopped", found, err)
	}
	t.Log("as documented: an operator simulates a policy on what happened")
}

// versionOf returns the id of the version of a page's path.
func versionOf(path string) string { return path[len("/rules/") : len("/rules/")+len("rul_")+32] }

// simulates runs the worker, which has so many simulations to carry out.
func simulates(t *testing.T, s *replay.Service, want int) {
	t.Helper()
	if n, err := s.Run(t.Context()); err != nil || n != want {
		t.Fatalf("got %d, %v, want %d", n, err, want)
	}
}
