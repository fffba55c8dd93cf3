package bff_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"renzheng/verification"
	"renzheng/verification/failure"
)

// sentinels are what must not be found where nobody may read it.
func sentinels() []string {
	return []string{zhangNumber, zhangName, zhangCard, zhangPhone, "code-of-zhang"}
}

func TestLeak_NothingPersonalLeavesButToItsOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var tokens []string
	problem := func(r request) {
		t.Helper()
		got := w.send(t, r)
		if got.status < http.StatusBadRequest {
			t.Errorf("%s %s: got %d, want a problem", r.method, r.path, got.status)
		}
		for _, s := range append(sentinels(), tokens...) {
			if strings.Contains(string(got.body), s) {
				t.Errorf("a problem of %s %s holds a sentinel: %s", r.method, r.path, got.body)
			}
		}
	}
	problem(request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
		"channel": "code-of-zhang", "auth_code": "code-of-zhang", zhangName: zhangNumber,
	}})
	p := w.enter(t)
	tokens = append(tokens, p.token)
	post := func(path string, body any) request {
		return request{method: http.MethodPost, path: path, body: body, token: p.token, key: newKey()}
	}
	wrong := with(zhang(), "type", zhangName)
	problem(post("/v1/verifications", object{"purpose": "access", "document": wrong}))
	problem(post("/v1/verifications", object{"purpose": zhangNumber, "document": zhang(), zhangPhone: zhangCard}))
	problem(post("/v1/verifications/"+zhangNumber+"/bank-card", with(card(), zhangName, zhangPhone)))
	problem(post("/v1/verifications/"+zhangNumber+"/bank-card", with(card(), "card", zhangCard+zhangCard)))
	problem(post("/v1/verifications/ver_1/face/result", object{"attempt_id": zhangName}))
	problem(request{method: http.MethodGet, path: "/v1/todos?" + zhangNumber + "=" + zhangPhone, token: p.token})
	problem(request{method: http.MethodGet, path: "/v1/todos?limit=" + zhangPhone, token: p.token})
	problem(request{method: http.MethodGet, path: "/" + zhangNumber, token: p.token})
	problem(request{method: http.MethodPut, path: "/registry/v1/cases/c", registry: "beijing", body: with(sampleCase(1), "header", zhang())})
	bad := with(sampleCase(1), "signers", []object{{"signer_id": zhangName, "role": zhangName, "document": zhang()}})
	problem(request{method: http.MethodPut, path: "/registry/v1/cases/c", registry: "beijing", body: bad})

	w.far.script(func(f *farEnds) {
		f.card = verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}
	})
	shown := p.openTodo(t)
	confirm := p.sign(t, shown)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", confirm).want(t, http.StatusCreated, "")
	tokens = append(tokens, confirm["strokes"].(string)) //nolint:errcheck,forcetypeassert // handwriting gives a string

	w.far.script(func(f *farEnds) { f.gate = func() error { return errors.New("the far end broke") } })
	problem(request{method: http.MethodGet, path: "/registry/v1/cases/case-1"})

	metrics := w.admin(t, "localhost", "/metrics")
	files := map[string]string{"log": w.log.String(), "metrics": string(metrics.body)}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(w.path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		files["database"+suffix] = string(content)
	}
	for where, content := range files {
		for _, s := range append(sentinels(), tokens...) {
			if strings.Contains(content, s) {
				t.Errorf("the %s holds a sentinel, %q", where, s)
			}
		}
	}
}
