package bff_test

import (
	"net/http"
	"strings"
	"testing"
)

// freeze freezes the number of a person.
func (p person) freeze(t *testing.T) string {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/freeze", object{"understood": true}).want(t, http.StatusOK, "").text(t, "id")
}

// passesLift passes the checks of a lift as Zhang and returns its verification.
func (p person) passesLift(t *testing.T) string {
	t.Helper()
	begun := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "lift", "document": zhang()}).want(t, http.StatusCreated, "")
	path := begun.header.Get("Location")
	p.face(t, path)
	if got := p.get(t, path).text(t, "state"); got != "open" {
		t.Errorf("got %s after the face, want the bank card anew", got)
	}
	p.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusOK, "")
	p.get(t, path+"/portrait").want(t, http.StatusNotFound, "not_found")
	return begun.text(t, "id")
}

func (p person) lift(t *testing.T, verification string) reply {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/freeze/lift", object{"verification_id": verification})
}

// Under a freeze nobody gets anywhere with the number, from any account, and learns of it only after the face.
func TestFreeze_HoldsOnEveryRoute(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.signed(t)
	shown := p.get(t, "/v1/todos").list(t, "todos")
	other := w.login(t, "li").agree(t)
	before := other.start(t)
	p.call(t, http.MethodPost, "/v1/freeze", object{"understood": false}).want(t, http.StatusUnprocessableEntity, "values_invalid")
	frozen := p.freeze(t)
	for name, want := range map[string]bool{"case-1": false, "case-2": true} { // answered, and open
		if got := w.registry(t, http.MethodGet, "/cases/"+name).want(t, http.StatusOK, "").list(t, "signers")[0]["frozen"]; got != want {
			t.Errorf("%s says %v, want %t", name, got, want)
		}
	}

	for _, path := range []string{"/v1/todos", "/v1/me/data", "/v1/me/activity", "/v1/todos/" + textOf(shown[0], "id")} {
		p.get(t, path).want(t, http.StatusForbidden, "access_required")
	}
	p.call(t, http.MethodPost, "/v1/freeze", object{"understood": true}).want(t, http.StatusForbidden, "access_required")
	if got := p.get(t, "/v1/freeze").want(t, http.StatusOK, "").list(t, "freezes"); len(got) != 1 || got[0]["id"] != frozen {
		t.Errorf("got %v, want the freeze that this account has placed", got)
	}
	if got := other.get(t, "/v1/freeze").list(t, "freezes"); len(got) != 0 {
		t.Errorf("another account sees %v", got)
	}
	if got := other.get(t, before).text(t, "state"); got != "voided" {
		t.Errorf("a verification of before the freeze is %s", got)
	}
	for _, someone := range []person{p, other} {
		path := someone.start(t)
		attempt := someone.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "").text(t, "attempt_id")
		got := someone.call(t, http.MethodPost, path+"/face/result", object{"attempt_id": attempt}).want(t, http.StatusOK, "")
		if got.text(t, "failure", "code") != "number_frozen" || got.text(t, "verification", "state") != "failed" {
			t.Errorf("got %s, want a verification that failed for the freeze", got.body)
		}
		if code := got.text(t, "verification", "failure", "code"); code != "number_frozen" {
			t.Errorf("the verification says %s", code)
		}
		someone.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusConflict, "verification_failed")
		someone.call(t, http.MethodPost, path+"/portrait/accept", nil).want(t, http.StatusConflict, "verification_failed")
	}
}

func TestFreeze_IsLiftedByItsPersonAlone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	early := p.passesLift(t)
	access := p.accept(t, zhang())
	p.freeze(t)
	p.lift(t, early).want(t, http.StatusConflict, "verification_not_lifting") // passed before the freeze
	p.lift(t, strings.TrimPrefix(access, "/v1/verifications/")).want(t, http.StatusNotFound, "not_found")
	other := w.login(t, "li").agree(t)
	fresh := other.passesLift(t)
	p.lift(t, fresh).want(t, http.StatusNotFound, "not_found") // of another session
	for range 2 {
		if got := other.lift(t, fresh).want(t, http.StatusOK, ""); got.text(t, "lifted_at") == "" {
			t.Errorf("got %s", got.body)
		}
	}
	other.get(t, "/v1/me/data").want(t, http.StatusForbidden, "access_required") // a lift is no access
	other.accept(t, zhang())
	activity := other.get(t, "/v1/me/activity").want(t, http.StatusOK, "")
	if got := activity.list(t, "freezes"); len(got) != 1 || textOf(got[0], "lifted_at") == "" {
		t.Errorf("got %v, want the history of freezes", got)
	}
}

func TestLift_OfANumberThatIsNotFrozen(t *testing.T) {
	t.Parallel()
	p := newFixture(t).login(t, "zhang").agree(t)
	p.lift(t, p.passesLift(t)).want(t, http.StatusConflict, "not_frozen")
}

// A person sees what others tried under their number, and nothing about the others.
func TestActivity_ShowsEveryAttemptAndCaseOfTheNumber(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	stranger := w.login(t, "li").agree(t)
	stranger.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": object{
		"type": "resident_id", "number": zhangNumber, "name": "王小二",
	}}).want(t, http.StatusCreated, "")
	p := w.signed(t)
	named := sampleCase(1)
	named["signers"] = []object{{"signer_id": "s1", "role": "董事", "document": object{"type": "resident_id", "number": zhangNumber, "name": "王小二"}}}
	w.push(t, "case-3", named).want(t, http.StatusCreated, "")
	got := p.get(t, "/v1/me/activity").want(t, http.StatusOK, "")
	mine := map[any]int{}
	for _, v := range got.list(t, "verifications") {
		mine[v["mine"]]++
	}
	if mine[true] != 2 || mine[false] != 1 {
		t.Errorf("got %v, want two of one's own and one of somebody else", mine)
	}
	others := 0
	for _, c := range got.list(t, "cases") {
		if c["other_name"] == true {
			others++
		}
	}
	if others != 1 || len(got.list(t, "cases")) != 3 || strings.Contains(string(got.body), "王小二") || strings.Contains(string(got.body), "董事") {
		t.Errorf("got %s, want one case under another name without what it says", got.body)
	}
	if li := w.login(t, "li"); li.get(t, "/v1/me/activity").status != http.StatusForbidden {
		t.Error("what happened under a number is shown without a grant")
	}
}

// Declining with 不是我办的 reports the case to its registry, with the sealed answer as the proof.
func TestDecline_NotMineReportsAnImpersonation(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	refuse := object{"reason": "not_mine", "revision": shown.json(t)["revision"], "content_digest": shown.text(t, "content_digest")}
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", refuse).want(t, http.StatusCreated, "")
	if _, err := w.todos(w.ring).Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	var report object
	for _, e := range w.registry(t, http.MethodGet, "/events").want(t, http.StatusOK, "").list(t, "events") {
		if e["type"] == "impersonation.reported" {
			report = e
		}
	}
	if report["confirmation_id"] != made.json(t)["id"] || textOf(report, "receipt") == "" {
		t.Errorf("got %v, want the sealed answer", report)
	}
	cases := p.get(t, "/v1/me/activity").list(t, "cases")
	if len(cases) != 1 || cases[0]["report"] != "open" {
		t.Errorf("got %v, want an open report", cases)
	}
}
