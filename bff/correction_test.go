package bff_test

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/rights"
)

func TestCorrections_AreAskedForReadAndSettled(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	ask := request{
		method: http.MethodPost, path: "/v1/me/corrections", token: p.token, key: newKey(),
		body: object{"field": "name", "text": "名字写错了\n应为张三丰"},
	}
	made := w.send(t, ask).want(t, http.StatusCreated, "")
	if again := w.send(t, ask).want(t, http.StatusCreated, ""); string(again.body) != string(made.body) {
		t.Errorf("a repetition got %s", again.body)
	}
	id := made.text(t, "id")
	if read, err := w.rows.ReadCorrection(t.Context(), id, "王五", w.clock()); err != nil || !strings.Contains(read.Text.Reveal(), "张三丰") {
		t.Errorf("got %v, want the words of the person", err)
	}
	settle := func() error {
		return w.rows.SettleCorrection(t.Context(), rights.Settlement{
			ID: id, Outcome: rights.Corrected, Ground: identity.NewSecret("已按证件更正"), By: "王五", At: w.clock(),
		})
	}
	if err := settle(); err != nil {
		t.Fatal(err)
	}
	if err := settle(); err == nil {
		t.Error("a settled request was settled again")
	}
	listed := p.get(t, "/v1/me/corrections").want(t, http.StatusOK, "").list(t, "corrections")
	if len(listed) != 1 || listed[0]["outcome"] != "corrected" || listed[0]["ground"] != "已按证件更正" || textOf(listed[0], "read_at") == "" {
		t.Errorf("got %v, want the outcome with its ground, and when it was read", listed)
	}
	for _, c := range p.get(t, "/v1/me/data").list(t, "holdings") {
		if c["code"] == "corrections" && c["count"] != float64(1) {
			t.Errorf("got %v requests among what is stored, want 1", c["count"])
		}
	}
}

func TestCorrections_AreBoundedAndErased(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	ask := func(text string) reply {
		return p.call(t, http.MethodPost, "/v1/me/corrections", object{"field": "other", "text": text})
	}
	for _, bad := range []string{"", strings.Repeat("长", 501), strings.Repeat("行\n", 11), "<b>", "a\u202eb"} {
		ask(bad).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
	for range 5 {
		ask("不对").want(t, http.StatusCreated, "")
	}
	ask("不对").want(t, http.StatusTooManyRequests, "too_many_requests")
	w.login(t, "li").call(t, http.MethodPost, "/v1/me/corrections", object{"field": "other", "text": "不对"}).want(t, http.StatusForbidden, "access_required")
	p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "")
	if left, err := w.rows.CorrectionList(t.Context(), true); err != nil || len(left) != 0 {
		t.Errorf("got %d requests after the erasure, %v", len(left), err)
	}
}
