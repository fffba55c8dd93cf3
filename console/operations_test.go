package console_test

import (
	"database/sql"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/console"
	"renzheng/console/consoletest"
	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/sql/storetest"
	"renzheng/verification/policy"
)

var formToken = regexp.MustCompile(`name="form_token" value="([^"]+)"`)

// rows is a console with direct access to its database, to put rows there that take long to make otherwise.
type rows struct {
	*consoletest.Fixture

	t  *testing.T
	db *sql.DB
}

func newRows(t *testing.T) rows {
	t.Helper()
	keys, err := keyring.Generate(storetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "console.db")
	f := consoletest.On(t, storetest.OpenOn(t, "sqlite:"+path, ring), nil, func(d *console.Deps, _ *consoletest.Fixture) { d.SlipPrefix = bff.SessionOfSlip })
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return rows{f, t, db}
}

func (r rows) exec(query string, args ...any) {
	r.t.Helper()
	if _, err := r.db.ExecContext(r.t.Context(), query, args...); err != nil {
		r.t.Fatal(err)
	}
}

// verified puts a verification there with the state of its face.
func (r rows) verified(id string, began time.Time, state, failure string) {
	r.t.Helper()
	passed := int64(0)
	if state == "passed" {
		passed = began.UnixMilli()
	}
	r.exec(`INSERT INTO verifications (id, session_id, account_id, subject_id, purpose, channel, state, document_cipher, prefilled, policy_digest,
		created_at, expires_at, passed_at) VALUES (?, 'ses_1', 'acc_1', 'sub_1', 'access', 'wechat', 'open', x'00', 0, '', ?, 0, ?)`, id, began.UnixMilli(), passed)
	r.exec("INSERT INTO checks (verification_id, position, kind, state, attempt_id, failure) VALUES (?, 0, 'face', ?, '', ?)", id, state, failure)
}

func (r rows) event(id, state string, attempts int) {
	r.t.Helper()
	at := r.Clock.Now().UnixMilli()
	r.exec(`INSERT INTO events (id, type, registry_id, case_row, case_id, signer_id, todo_id, revision, created_at, position, delivery_state, attempts, next_at, reason)
		VALUES (?, 'todo.confirmed', 'beijing', 'cas_1', 'secret-case', 'secret-signer', ?, 1, ?, ?, ?, ?, ?, 'status 500')`, id, "tod_"+id, at, attempts+1, state, attempts, at)
	r.exec("INSERT OR IGNORE INTO feeds (registry_id, position) VALUES ('beijing', 9)")
}

func (r rows) report(id, subject string) {
	r.t.Helper()
	at := r.Clock.Now().UnixMilli()
	r.exec(`INSERT INTO confirmations (id, todo_id, case_row, registry_id, case_id, signer_id, subject_id, account_id, revision, content_digest, decision, reason, receipt,
		openings_cipher, answered_at) VALUES (?, ?, 'cas_1', 'beijing', 'case-1', 's1', ?, 'acc_1', 1, '', 'refused', 'not_mine', '', x'', ?)`, id, "tod_"+id, subject, at)
	r.exec("INSERT INTO impersonation_reports (confirmation_id, registry_id, state, created_at, kept_from) VALUES (?, 'beijing', 'open', ?, ?)", id, at, at)
}

func (r rows) textOf(query string, args ...any) string {
	r.t.Helper()
	var text string
	if err := r.db.QueryRowContext(r.t.Context(), query, args...).Scan(&text); err != nil {
		r.t.Fatal(err)
	}
	return text
}

func TestOperator_ReadsHowFarPersonsGet(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/").Follow("/funnel").Want(http.StatusOK, "There were no verifications.")
	now := r.Clock.Now()
	r.verified("ver_1", now.Add(-time.Hour), "passed", "")
	r.verified("ver_2", now.Add(-time.Hour), "failed", "face_differs")
	r.verified("ver_3", now.Add(-48*time.Hour), "pending", "")
	today := b.Open("/funnel").Want(http.StatusOK, "WeChat · to see to-dos", "face_differs 1", "Begun 2 2", "Done 1 1")
	if !strings.Contains(today.Body, `role="img" aria-labelledby="flow-0-title flow-0-desc"`) {
		t.Error("there is no chart with a name")
	}
	today.WantNot("ver_1", "sub_1", "acc_1", "<script", "style=")
	today.Submit("/funnel", url.Values{"days": {"7"}}).Want(http.StatusOK, "Begun 3 3", "did not go on 1")
	b.Open("/funnel?days=9999").Want(http.StatusOK, "Begun 2 2")
	t.Log("as documented: an operator reads how far persons get")
}

func TestOperator_DeliversADeadLetterAgain(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/deliveries").Want(http.StatusOK, "Everything was delivered.")
	r.event("evt_dead", "dead", 20)
	r.event("evt_fresh", "pending", 0)
	listed := b.Open("/deliveries").Want(http.StatusOK, "evt_dead", "given up", "status 500").WantNot("evt_fresh", "secret-case", "secret-signer")
	for range 2 { // sent twice
		listed.Submit("/deliveries/evt_dead/again", nil).Want(http.StatusOK, "The event is due again.")
	}
	if got := r.textOf("SELECT delivery_state FROM events WHERE id = 'evt_dead'"); got != "pending" {
		t.Errorf("the event is %s", got)
	}
	r.exec("DELETE FROM events WHERE id = 'evt_dead'")
	listed.Submit("/deliveries/evt_dead/again", nil).Want(http.StatusNotFound)
	t.Log("as documented: an operator delivers a dead letter again")
}

func TestOperator_SeesTheSwitchesAndWhoChangedThem(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/switches").Want(http.StatusOK, "There are none.")
	text := identity.Text{Chinese: "维护到八点", Traditional: "維護到八點", English: "Until <eight>"}
	for version, state := range []policy.SwitchState{policy.Degraded, policy.Off} {
		err := r.Store.PutSwitch(t.Context(), policy.Switch{
			Check: policy.BankCard, Provider: "*", State: state, Text: text, Version: int64(version), ChangedAt: r.Clock.Now(), ChangedBy: "值班",
		})
		if err != nil {
			t.Fatal(err)
		}
		r.Clock.Move(time.Minute)
	}
	b.Open("/switches").Want(http.StatusOK, "Bank card all off", "Until <eight>", "值班", "degraded").WantNot("<eight>")
	t.Log("as documented: an operator sees the switches and who changed them")
}

func TestReviewer_SettlesAReportOnce(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	r.report("cfm_1", "sub_1")
	first, second := r.SignedIn(t, "reviewer"), r.SignedIn(t, "reviewer2")
	mine, theirs := first.Open("/reports").Want(http.StatusOK, "cfm_1", "case-1").WantNot("sub_1"), second.Open("/reports")
	mine.Submit("/reports/cfm_1/settle", url.Values{"outcome": {"made_up"}}).Want(http.StatusUnprocessableEntity, "cfm_1")
	mine.Submit("/reports/cfm_1/settle", url.Values{"outcome": {"impersonated"}}).Want(http.StatusOK, "There are none.")
	theirs.Submit("/reports/cfm_1/settle", url.Values{"outcome": {"mistaken"}}).Want(http.StatusConflict, "Settled already")
	second.Open("/reports").Follow("/reports?settled").Want(http.StatusOK, "somebody misused the name")
}

// Nobody settles their own report (R52).
func TestReviewer_DoesNotSettleTheirOwnReport(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	own := r.SignedIn(t, "own")
	r.report("cfm_own", "sub_own")
	r.exec("INSERT INTO subjects (id, document_cipher, created_at, seen_at) VALUES ('sub_own', x'', 0, 0)")
	r.exec("INSERT INTO subject_keys (hash, subject_id) SELECT unhex(own_hash), 'sub_own' FROM staff_sessions WHERE length(own_hash) > 0")
	own.Open("/reports").Submit("/reports/cfm_own/settle", url.Values{"outcome": {"mistaken"}}).Want(http.StatusForbidden)
	if got := r.textOf("SELECT state FROM impersonation_reports"); got != "open" {
		t.Errorf("the report is %s", got)
	}
	r.SignedIn(t, "reviewer").Open("/reports").Submit("/reports/cfm_own/settle", url.Values{"outcome": {"mistaken"}}).Want(http.StatusOK)
}

func TestOperationsPages_AreForTheirRoles(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	r.event("evt_dead", "dead", 20)
	r.report("cfm_1", "sub_1")
	for member, allowed := range map[string]string{
		"clerk": "", "supervisor": "", "officer": "", "auditor": "", "operator": "/funnel /deliveries /switches /tickets /trace /providers /registries /problems", "reviewer": "/reports",
	} {
		b := r.SignedIn(t, member)
		for _, path := range []string{"/funnel", "/deliveries", "/switches", "/tickets", "/trace", "/providers", "/registries", "/problems", "/reports"} {
			want := http.StatusForbidden
			if strings.Contains(allowed, path) {
				want = http.StatusOK
			}
			b.Open(path).Want(want)
		}
		form := url.Values{"form_token": {formToken.FindStringSubmatch(b.Open("/").Body)[1]}, "outcome": {"mistaken"}}
		if member != "operator" {
			b.Post("/deliveries/evt_dead/again", form).Want(http.StatusForbidden, "Your roles do not allow this")
		}
		if member != "reviewer" {
			b.Post("/reports/cfm_1/settle", form).Want(http.StatusForbidden, "Your roles do not allow this")
		}
	}
}
