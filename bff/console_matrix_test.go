package bff_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"renzheng/console"
	"renzheng/console/consoletest"
	"renzheng/rights"
	"renzheng/sql/store"
	"renzheng/staff"
	"renzheng/test/harness"
	"renzheng/todo"
)

// consoleMatrix calls every route of the console as every sample member, with a resource that exists and with one that does
// not.
type consoleMatrix struct {
	console   *consoletest.Fixture
	resources map[string][]string // ids by the beginning of a path with :id
	forms     map[string]url.Values
	secrets   []string // of persons; only a reveal shows them

	calls, reveals int
	shown          map[string]int // reveals by route
	leaks          []string
}

// consoleForms are what a member fills in. A POST without an entry sends an empty form.
func consoleForms() map[string]url.Values {
	return map[string]url.Values{
		"reveal_correction": {"purpose": {"correction"}, "shown": {"correction"}},
		"reveal_hold":       {"purpose": {"erasure"}},
		"decide_visit":      {"decision": {"approve"}},
		"find":              {"by": {"case"}, "registry": {"beijing"}, "code": {"case-1"}},
		"call_next":         {"desk": {"1"}},
		"call_again":        {"desk": {"1"}},
		"end_number":        {"outcome": {"served"}},
		"reveal_trace":      {"code": {"T-0000-0000"}},
	}
}

// revealing are the routes that may show personal data, one reveal a call.
func revealing() []string {
	return []string{"reveal_appeal", "reveal_bar", "reveal_correction", "reveal_hold", "evidence", "dispute", "tried", "read_todos", "pad", "paper", "read_escalation"}
}

// ending are the routes that would end the member's session or what the others need.
func ending() []string { return []string{"sign_out", "lift_hold", "begin_sign_in"} }

func TestMatrix_ConsoleShowsNobodyWhatIsAnothers(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	v := newVictim(t, w)
	correction := v.asksToCorrect(t)
	c.SignedIn(t, "officer").Open("/holds").Submit("/holds", url.Values{"registry": {"beijing"}, "case": {"case-1"}, "signer": {"s1"}, "ground": {"x"}})
	m := &consoleMatrix{
		console: c, resources: map[string][]string{
			"/appeals/": {w.login(t, "li").agree(t).appeals(t)}, "/corrections/": {correction}, "/holds/": {firstHold(t, c)},
			"/reports/": {v.declinesNotMine(t)}, "/deliveries/": {w.anEvent(t)}, "/bars/": {aBar(t, c)},
			"/tickets/": {v.opensTicket(t)}, "/queue/numbers/": {v.resources["queue_number"][0].id}, "/display/": {"320500"},
			"/rules/": {proposedFAQ(t, c, w)},
		}, forms: consoleForms(), shown: map[string]int{},
		secrets: []string{wordsOfTheAppeal, wordsOfThePerson, zhangNumber, zhangName, barredNumber, "北京甲科技有限公司", enterpriseOfTheWindow, wordsOfTheClerk},
	}
	maps.Copy(m.resources, w.resourcesOfWindow(t, c))
	m.forms["paper"] = url.Values{"todo": {w.todoOf(t, c, m.resources["/window/visits/"][2])}}
	m.forms["pad"] = url.Values{"todo": {w.todoOf(t, c, m.resources["/window/visits/"][2])}}
	before, err := c.Store.StaffAccesses(t.Context(), rights.AccessPosition{At: w.clock().AddDate(1, 0, 0)}, 10000)
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range harness.Staff(w.clock()) {
		if len(member.Roles) > 0 {
			m.run(t, member.Subject, rolesOf(member.Roles), member.Office)
		}
	}
	m.run(t, "", nil, "")
	waiting := m.resources["/window/visits/"][1]
	c.SignedIn(t, "supervisor").Open("/window/visits/"+waiting).Want(http.StatusOK, "Awaiting approval") // without the version of what was shown, nobody decides it
	rows, err := c.Store.StaffAccesses(t.Context(), rights.AccessPosition{At: w.clock().AddDate(1, 0, 0)}, 10000)
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[:len(rows)-len(before)] // newest first
	for _, leak := range m.leaks {
		t.Error(leak)
	}
	if m.reveals == 0 || m.reveals != len(rows) {
		stored := map[string]int{}
		for _, row := range rows {
			stored[string(row.Role)+" "+string(row.Shown)]++
		}
		t.Errorf("got %d rows of %d reveals: %v of %v", len(rows), m.reveals, stored, m.shown)
	}
	t.Logf("calls: %d, leaks: %d", m.calls, len(m.leaks))
	t.Logf("reveals: %d, rows: %d", m.reveals, len(rows))
}

func rolesOf(words []string) []staff.Role {
	var roles []staff.Role
	for _, word := range words {
		roles = append(roles, staff.Role(word))
	}
	return roles
}

// run calls every route as one member; "" = nobody.
func (m *consoleMatrix) run(t *testing.T, member string, roles []staff.Role, office string) {
	t.Helper()
	m.findEvents(t)
	b, token := m.console.Browser(t), ""
	if member != "" {
		b = m.console.SignedIn(t, member)
		token = tokenOf(b.Open("/").Body)
	}
	for _, r := range m.console.Console.Routes() {
		if r.Raw || slices.Contains(ending(), r.ID) {
			continue
		}
		admitted := r.Open || member != "" && (r.Roles == nil || staff.Member{Roles: roles}.HasAny(r.Roles...)) && (!r.Office || office != "")
		prefix, _, has := strings.Cut(r.Path, ":")
		if !has {
			m.call(b, r, r.Path, token, admitted)
			continue
		}
		if m.resources[prefix] == nil {
			t.Errorf("the matrix knows no resource of %s", r.Path)
		}
		for _, id := range m.resources[prefix] {
			theirs := m.call(b, r, strings.Replace(r.Path, ":id", id, 1), token, admitted)
			other := strings.Repeat("0", 32)
			none := m.call(b, r, strings.Replace(r.Path, ":id", id[:4]+other, 1), token, admitted)
			if !admitted && strings.ReplaceAll(theirs, id, "") != strings.ReplaceAll(none, id[:4]+other, "") {
				m.leaks = append(m.leaks, member+" can tell on "+r.ID+" that a resource exists")
			}
		}
	}
}

// findEvents adds an event of the victim, and the answer of which it tells.
func (m *consoleMatrix) findEvents(t *testing.T) {
	t.Helper()
	found, err := m.console.Store.Feed(t.Context(), "beijing", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		if e.ConfirmationID != "" {
			m.resources["/deliveries/"], m.resources["/reports/"] = []string{e.ID}, []string{e.ConfirmationID}
			return
		}
	}
	t.Fatal("no event tells of an answer")
}

// call makes one call and returns the answer without what differs every time.
func (m *consoleMatrix) call(b *consoletest.Browser, r console.Route, path, token string, admitted bool) string {
	m.calls++
	var page *consoletest.Page
	if r.Method == http.MethodPost {
		form := url.Values{"form_token": {token}, "form_id": {formID(m.calls)}}
		maps.Copy(form, m.forms[r.ID])
		page = b.Post(path, form)
	} else {
		page = b.Open(path)
	}
	shown := slices.ContainsFunc(m.secrets, func(s string) bool {
		return strings.Contains(page.Body, s) && (s != zhangName || !strings.Contains(page.Body, `<div class="who"><span>`+s))
	})
	mayShow := admitted && slices.Contains(revealing(), r.ID)
	switch {
	case mayShow && (shown || r.ID == "tried" && page.Status == http.StatusOK): // what was tried has no secret word
		m.reveals++
		m.shown[r.ID]++
	case shown:
		m.leaks = append(m.leaks, r.ID+" shows personal data")
	case !admitted && page.Status == http.StatusOK && page.Path != "/sign-in":
		m.leaks = append(m.leaks, r.ID+" answers a member without the role")
	}
	body, _, _ := strings.Cut(page.Body, "<code>")
	return page.Path + "\n" + http.StatusText(page.Status) + "\n" + body
}

// formID returns the id of a form that no other call sends.
func formID(n int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%016d", n))
}

func tokenOf(body string) string {
	_, rest, _ := strings.Cut(body, `name="form_token" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// declinesNotMine answers a case of its own with 不是我办的 and returns the id of the answer, which is that of its report.
func (v *victim) declinesNotMine(t *testing.T) string {
	t.Helper()
	v.w.push(t, "case-not-mine", sampleCase(1)).want(t, http.StatusCreated, "")
	for _, row := range v.get(t, "/v1/todos").list(t, "todos") {
		shown := v.get(t, "/v1/todos/"+textOf(row, "id"))
		if shown.text(t, "state") != "open" || shown.text(t, "content", "case_id") != "case-not-mine" {
			continue
		}
		return v.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
			"reason": "not_mine", "revision": shown.json(t)["revision"], "content_digest": shown.text(t, "content_digest"),
		}).want(t, http.StatusCreated, "").text(t, "id")
	}
	t.Fatal("there is no todo to decline")
	return ""
}

// anEvent returns the id of an event.
func (w *fixture) anEvent(t *testing.T) string {
	t.Helper()
	events, err := w.rows.ListEvents(t.Context(), store.EventFilter{States: []todo.DeliveryState{todo.DeliveryPending, todo.DeliveryDelivered}, Limit: 1})
	if err != nil || len(events) == 0 {
		t.Fatalf("got %d events, %v", len(events), err)
	}
	return events[0].ID
}
