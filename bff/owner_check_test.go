package bff_test

import (
	"net/http"
	"testing"
)

// agreesToOwnerCheck accepts the notice that names WeChat Pay.
func (p person) agreesToOwnerCheck(t *testing.T) {
	t.Helper()
	for _, n := range p.get(t, "/v1/notices?channel=wechat").list(t, "optional") {
		if n["kind"] == "owner_check" {
			p.call(t, http.MethodPost, "/v1/consents", object{"notices": []object{
				{"id": n["id"], "version": n["version"], "hash": n["hash"]},
			}}).want(t, http.StatusOK, "")
		}
	}
}

func (p person) checksOwner(t *testing.T, code string, document object) reply {
	t.Helper()
	begun := p.call(t, http.MethodPut, "/v1/session/owner-check", nil).want(t, http.StatusOK, "")
	return p.call(t, http.MethodPost, "/v1/session/owner-check/result", object{
		"owner_check_id": begun.text(t, "id"), "auth_code": code, "document": document,
	})
}

func TestOwnerCheck_KeepsOthersOutAndTheOwnersTries(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	if got := p.get(t, "/v1/session").json(t); got["owner_check"] != true {
		t.Errorf("got %v, want an offer", got["owner_check"])
	}
	zhang := object{"type": "resident_id", "number": zhangNumber, "name": zhangName}
	li := object{"type": "resident_id", "number": liNumber, "name": "李四"}

	p.agreesToOwnerCheck(t)
	differs := p.checksOwner(t, "differs-1", li).want(t, http.StatusOK, "").json(t)
	explained, _ := differs["failure"].(object)
	if differs["result"] != "differs" || explained["code"] != "account_owner_differs" {
		t.Errorf("got %v, want the failure explained", differs)
	}
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": li}).
		want(t, http.StatusUnprocessableEntity, "account_owner_differs")
	if got := p.get(t, "/v1/session").json(t); got["prefill"] != nil {
		t.Errorf("got %v, want no prefill", got["prefill"])
	}

	matches := p.checksOwner(t, "matches-1", zhang).want(t, http.StatusOK, "").json(t)
	if matches["result"] != "matches" || matches["failure"] != nil {
		t.Errorf("got %v, want matches", matches)
	}
	if got := p.get(t, "/v1/session").json(t); got["prefill"] == nil || got["prefill_from"] != "channel" {
		t.Errorf("got %v, want the owner's document", got)
	}
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": li}).
		want(t, http.StatusUnprocessableEntity, "account_owner_differs")
	started := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "use_prefill": true}).
		want(t, http.StatusCreated, "").json(t)
	if started["prefilled"] != true {
		t.Errorf("got %v, want a verification of the owner", started["prefilled"])
	}
}

func TestOwnerCheck_Rejects(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	zhang := object{"type": "resident_id", "number": zhangNumber, "name": zhangName}
	p.call(t, http.MethodPut, "/v1/session/owner-check", nil).want(t, http.StatusForbidden, "consent_required")
	p.agreesToOwnerCheck(t)
	p.checksOwner(t, "used-1", zhang).want(t, http.StatusUnprocessableEntity, "auth_code_invalid")
	p.call(t, http.MethodPost, "/v1/session/owner-check/result", object{"owner_check_id": "own_none", "auth_code": "matches-1", "document": zhang}).
		want(t, http.StatusNotFound, "not_found")
	p.checksOwner(t, "matches-1", object{"type": "resident_id", "number": "1", "name": zhangName}).
		want(t, http.StatusUnprocessableEntity, "values_invalid")
	for range 4 {
		p.checksOwner(t, "unknown-1", zhang).want(t, http.StatusOK, "")
	}
	p.checksOwner(t, "matches-1", zhang).want(t, http.StatusTooManyRequests, "too_many_requests")
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": zhang}).want(t, http.StatusCreated, "")
}

func TestOwnerCheck_NeedsTheConsentWhenItIsUsed(t *testing.T) {
	t.Parallel()
	p := newFixture(t).login(t, "zhang")
	p.agreesToOwnerCheck(t)
	begun := p.call(t, http.MethodPut, "/v1/session/owner-check", nil).want(t, http.StatusOK, "")
	for _, c := range p.get(t, "/v1/consents").list(t, "consents") {
		p.call(t, http.MethodDelete, "/v1/consents/"+textOf(c, "id"), nil).want(t, http.StatusOK, "")
	}
	p.call(t, http.MethodPost, "/v1/session/owner-check/result", object{
		"owner_check_id": begun.text(t, "id"), "auth_code": "matches-1",
		"document": object{"type": "resident_id", "number": zhangNumber, "name": zhangName},
	}).want(t, http.StatusForbidden, "consent_required")
	if got := p.get(t, "/v1/session").json(t); got["prefill"] != nil {
		t.Errorf("got %v, want no prefill", got["prefill"])
	}
}
