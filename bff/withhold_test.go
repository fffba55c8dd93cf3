package bff_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/rights"
)

// An access that is withheld is seen nowhere until the end, and then with the ground.
func TestAccesses_AreWithheldUntilTheEndOfADelay(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.signed(t)
	until := w.clock().Add(10 * time.Minute)
	delay := rights.Withholding{
		RegistryID: "beijing", CaseID: "case-1", SignerID: "s1", Ground: "《行政处罚法》调查期间", PlacedBy: "王五", PlacedAt: w.clock(), Until: until,
	}
	if n, err := w.rows.Withhold(t.Context(), delay); err != nil || n != 1 {
		t.Fatalf("got %d answers, %v", n, err)
	}
	if _, err := w.rows.Withhold(t.Context(), delay); err == nil {
		t.Error("a delay was extended")
	}
	w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 0 {
		t.Errorf("got %v before the end", got)
	}
	for _, holding := range p.get(t, "/v1/me/data").list(t, "holdings") {
		if holding["code"] == "accesses" && holding["count"] != float64(0) {
			t.Errorf("got %v accesses among what is stored, before the end", holding["count"])
		}
	}
	files := p.files(t)
	if rows := copied(t, files)["evidence_fetches"]; len(rows) != 0 || strings.Contains(string(files["data.json"]), "调查期间") {
		t.Errorf("the copy has %v before the end", rows)
	}
	w.pass(11 * time.Minute)
	got := p.get(t, "/v1/me/accesses").list(t, "accesses")
	if len(got) != 1 || got[0]["delay_ground"] != delay.Ground || textOf(got[0], "delayed_until") == "" {
		t.Errorf("got %v after the end, want the ground and the end of the delay", got)
	}
	if rows := copied(t, p.files(t))["evidence_fetches"]; len(rows) != 1 {
		t.Errorf("the copy has %d accesses after the end, want 1", len(rows))
	}
}

// The answer to a later revision is withheld by a delay of its own, which leaves the earlier one as it is.
func TestAccesses_ToALaterAnswerAreWithheldByADelayOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.signed(t)
	delay := rights.Withholding{
		RegistryID: "beijing", CaseID: "case-1", SignerID: "s1", Ground: "调查期间", PlacedBy: "王五", PlacedAt: w.clock(), Until: w.clock().Add(10 * time.Minute),
	}
	if n, err := w.rows.Withhold(t.Context(), delay); err != nil || n != 1 {
		t.Fatalf("got %d answers, %v", n, err)
	}
	changed := sampleCase(2)
	changed["items"] = []object{{"label": "注册资本", "value": "贰佰万元"}}
	shown := p.detail(t, w.push(t, "case-1", changed).want(t, http.StatusOK, "").list(t, "signers")[0])
	w.pass(time.Second)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 2, "content_digest": shown.text(t, "content_digest"), "reason": "content_wrong",
	}).want(t, http.StatusCreated, "")
	w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 1 {
		t.Fatalf("got %v, want the fetch of the later answer", got)
	}
	later := delay
	later.Until = delay.Until.Add(time.Hour)
	if n, err := w.rows.Withhold(t.Context(), later); err != nil || n != 1 {
		t.Fatalf("got %d answers, %v", n, err)
	}
	if _, err := w.rows.Withhold(t.Context(), later); !errors.Is(err, rights.ErrWithheld) {
		t.Errorf("got %v, want %v", err, rights.ErrWithheld)
	}
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 0 {
		t.Errorf("got %v before the end", got)
	}
	ends := delay.Until.Truncate(time.Millisecond) // as stored
	all, err := w.rows.Withholdings(t.Context())
	if err != nil || len(all) != 2 || !all[0].Until.Equal(ends) && !all[1].Until.Equal(ends) {
		t.Errorf("got %v, %v, want the first delay as it was", all, err)
	}
}
