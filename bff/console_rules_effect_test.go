package bff_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/verification/policy"
)

// change replaces a part of what is in force, has it approved by a second operator and put in force. It returns the page of the
// version.
func (w *fixture) change(t *testing.T, c *consoletest.Fixture, kind, old, changed string) *consoletest.Page {
	t.Helper()
	first := c.SignedIn(t, "operator").Open("/rules/new?kind=" + kind + "&as=json").Want(http.StatusOK)
	content := first.Field("content")
	if !strings.Contains(content, old) {
		t.Fatalf("the %s lack %q", kind, old)
	}
	proposed := first.Submit("/rules", url.Values{"content": {strings.Replace(content, old, changed, 1)}, "note": {"按新规定修改"}}).Want(http.StatusOK, "Proposed.")
	page := c.SignedIn(t, "operator2").Open(proposed.Path)
	page = page.Submit(page.Path+"/approval", nil).Want(http.StatusOK, "Approved.", "in force")
	if _, err := w.refreshRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	return page
}

const oldStatement, newStatement = "我已阅读个人信息处理规则，知悉并同意按该规则处理", "我已逐条阅读个人信息处理规则，知悉并同意按该规则处理"

// What a person accepted stays what it was; the next check needs a consent to the new text.
func TestOperator_ChangesNoticesAndConsentsNameWhatWasRead(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.login(t, "zhang").agree(t)
	before := p.get(t, "/v1/consents").want(t, http.StatusOK, "").list(t, "consents")
	verification := p.start(t)
	form := c.SignedIn(t, "operator").Open("/rules/new?kind=notices")
	content := strings.Replace(form.Field("content"), oldStatement, newStatement, 1)
	form.Submit("/rules", url.Values{"content": {content}, "note": {"x"}}).
		Want(http.StatusUnprocessableEntity, `notice "rules": its text has changed, so its version must differ from "1"`)
	// In canonical JSON the version comes after the texts, and the rules are the first notice.
	at := strings.Index(content, `"version": "1"`)
	content = content[:at] + `"version": "2"` + content[at+len(`"version": "1"`):]
	proposed := form.Submit("/rules", url.Values{"content": {content}, "note": {"逐条阅读"}}).Want(http.StatusOK, "rules · version", "rules · texts · zh-Hans · statement")
	c.SignedIn(t, "operator2").Open(proposed.Path).Submit(proposed.Path+"/approval", nil).Want(http.StatusOK, "Approved.")
	if _, err := w.refreshRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	missing := p.call(t, http.MethodPost, verification+"/face", nil).want(t, http.StatusForbidden, "consent_required").list(t, "notices")
	if len(missing) != 1 || missing[0]["id"] != "rules" || missing[0]["version"] != "2" {
		t.Errorf("got %v, want the new rules", missing)
	}
	p.agree(t)
	p.face(t, verification)
	after := p.get(t, "/v1/consents").want(t, http.StatusOK, "").list(t, "consents")
	for _, old := range before {
		if !slices.ContainsFunc(after, func(now object) bool {
			return now["id"] == old["id"] && now["hash"] == old["hash"] && now["version"] == old["version"]
		}) {
			t.Errorf("the consent %v is not as it was accepted: %v", old, after)
		}
	}
	third := strings.Replace(content, newStatement, "又一种说法。", 1)
	third = strings.Replace(third, `"version": "2"`, `"version": "1"`, 1)
	c.SignedIn(t, "operator").Open("/rules/new?kind=notices").Submit("/rules", url.Values{"content": {third}, "note": {"x"}}).
		Want(http.StatusUnprocessableEntity, `so its version must differ from "1"`)
	t.Log("as documented: notices change by a new version; consents name the text that was read")
}

func TestOperator_ChangesLimitsForTheNextTry(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	left := func() any {
		tries, _ := p.get(t, path).want(t, http.StatusOK, "").json(t)["tries"].(object)
		return tries["left"]
	}
	if got := left(); got != 5.0 {
		t.Fatalf("got %v tries, want 5", got)
	}
	c.SignedIn(t, "operator").Open("/rules/new?kind=limits&as=json").Submit("/rules", url.Values{"content": {`{"face":{"tries":9,"window":"soon"}}`}, "note": {"x"}}).
		Want(http.StatusUnprocessableEntity, "face: the window must be a duration", "bank_card is missing", "consents is missing")
	page := w.change(t, c, "limits", "\"face\": {\n    \"tries\": 5", "\"face\": {\n    \"tries\": 2")
	page.Want(http.StatusOK, "face · tries")
	if got := left(); got != 2.0 {
		t.Errorf("got %v tries, want 2", got)
	}
	page.Submit(page.Path+"/end", ended()).Want(http.StatusOK, "Rolled back.")
	if _, err := w.refreshRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := left(); got != 5.0 {
		t.Errorf("got %v tries after the rollback, want 5", got)
	}
	t.Log("as documented: limits change for the next try, and are rolled back")
}

// A data source allows fewer queries from now on. What was used under the rule before counts.
func TestOperator_ChangesLimitsOfSourcesForTheNextQuery(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	c.SignedIn(t, "operator").Open("/rules/new?kind=sources").Submit("/rules", url.Values{"content": {`{"version":"","rules":[{"check":"face"}]}`}, "note": {"x"}}).
		Want(http.StatusUnprocessableEntity, "version must have 1 to", "check must be one that a data source does")
	page := w.change(t, c, "sources", `"tries": 8`, `"tries": 4`)
	page.Want(http.StatusOK, "rules")
	quotas := w.deps.Verifications.Sources().Quotas("*", policy.BankCard, "sub_1", w.clock())
	if !slices.ContainsFunc(quotas, func(q policy.Quota) bool { return q.Limit == 4 }) {
		t.Errorf("got %v, want a limit of 4", quotas)
	}
	w.change(t, c, "sources", `"tries": 4`, `"tries": 3`)
	c.SignedIn(t, "operator").Open(page.Path).Want(http.StatusOK, "replaced")
	t.Log("as documented: limits of data sources change for the next query")
}

// A verification that has begun keeps its checks and their providers; the next one has those of the new policy.
func TestOperator_ChangesThePolicyForTheNextVerification(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.login(t, "zhang").agree(t)
	begun := p.start(t)
	page := w.change(t, c, "policy", "\"providers\": [\n            \"alipay\"", "\"providers\": [\n            \"agency\"")
	page.Want(http.StatusOK, "access · resident_id · alipay", "1. face: agency (1)", "1. face: alipay (1)")
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": zhang()}).want(t, http.StatusUnprocessableEntity, "")
	p.face(t, begun)
	t.Log("as documented: a verification is finished by the policy under which it began")
}
