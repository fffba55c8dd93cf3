package bff_test

import (
	"net/http"
	"testing"
)

// The answers to calls on a confirm verification contain personal data. They are not repeated once the grant that it
// was begun under has ended, even to a client that knows the key.
func TestIdempotency_RepeatsNothingOfAnEndedGrant(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	keyed := func(path string, body any) request {
		return request{method: http.MethodPost, path: path, body: body, token: p.token, key: newKey()}
	}
	access := keyed("/v1/verifications", object{"purpose": "access", "document": zhang()})
	path := w.send(t, access).want(t, http.StatusCreated, "").header.Get("Location")
	p.face(t, path)
	card := keyed(path+"/bank-card", card())
	w.send(t, card).want(t, http.StatusOK, "")
	p.call(t, http.MethodPost, path+"/portrait/accept", nil).want(t, http.StatusOK, "")
	shown := p.openTodo(t)
	begin := keyed("/v1/verifications", object{
		"purpose": "confirm", "todo_id": shown.text(t, "id"), "revision": 1, "content_digest": shown.text(t, "content_digest"),
	})
	face := keyed(w.send(t, begin).want(t, http.StatusCreated, "").header.Get("Location")+"/face", nil)
	w.send(t, face).want(t, http.StatusCreated, "")
	for _, r := range []request{access, card, begin, face} {
		if got := w.send(t, r); got.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s under the grant: got %d %s, want the answer repeated", r.path, got.status, got.body)
		}
	}

	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
	for _, r := range []request{begin, face} {
		w.send(t, r).want(t, http.StatusNotFound, "not_found")
	}
	w.send(t, access).want(t, http.StatusCreated, "") // what the session itself typed
}
