package main

import (
	"crypto/rand"
	"net/http"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

func (v *client) prefill(t *testing.T, code string) reply {
	t.Helper()
	return v.post(t, "/v1/session/prefill", members{"auth_code": code}).is(t, http.StatusOK)
}

func (v *client) usePrefill(t *testing.T) reply {
	t.Helper()
	return v.post(t, "/v1/verifications", members{"purpose": "access", "use_prefill": true})
}

// The thief obtains a code of the victim's account and sends it in an own session.
func prefillOfAnother(t *testing.T, s *fixture) {
	thief, victim := s.login(t, s.newPerson(people.NoPortrait)), s.newPerson(people.Passes)
	got := thief.prefill(t, s.Alipay.IssueCode(victim.OpenID, alipaytest.ScopeUser))
	if reason := got.text(t, "absent.reason"); reason != "not_this_account" || got.text(t, "document") != "" {
		t.Errorf("got %s, want nothing but not_this_account", got.body)
	}
	thief.usePrefill(t).refused(t, http.StatusConflict, "prefill_missing")
	if n := s.rows.count(t, "SELECT COUNT(*) FROM prefills WHERE session_id = ?", thief.session); n != 0 {
		t.Errorf("got %d prefills, want none", n)
	}
}

func prefillOfAnotherSession(t *testing.T, s *fixture) {
	p := s.newPerson(people.Passes)
	owner, twin, stranger := s.login(t, p), s.login(t, p), s.login(t, s.newPerson(people.Passes))
	if owner.prefill(t, s.Alipay.IssueCode(p.OpenID, alipaytest.ScopeUser)).text(t, "document.number_masked") == "" {
		t.Fatal("the owner's prefill has no document")
	}
	twin.usePrefill(t).refused(t, http.StatusConflict, "prefill_missing")
	stranger.usePrefill(t).refused(t, http.StatusConflict, "prefill_missing")
	owner.usePrefill(t).is(t, http.StatusCreated)
	owner.usePrefill(t).refused(t, http.StatusConflict, "prefill_missing")
}

// A lent phone: its account is another person's, and the channel has said so.
func prefillContradicted(t *testing.T, s *fixture) {
	owner, victim := s.login(t, s.newPerson(people.Passes)), s.newPerson(people.Passes)
	owner.prefill(t, s.Alipay.IssueCode(owner.OpenID, alipaytest.ScopeUser))
	owner.post(t, "/v1/verifications", members{"purpose": "access", "document": documentOf(victim)}).
		refused(t, http.StatusUnprocessableEntity, "account_owner_differs")
	if n := s.rows.count(t, "SELECT COUNT(*) FROM verifications WHERE session_id = ?", owner.session); n != 0 {
		t.Errorf("got %d verifications, want none", n)
	}
}

func codeUsedTwice(t *testing.T, s *fixture) {
	p := s.newPerson(people.Passes)
	code, anybody := s.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase), caller{base: s.urls[0]}
	open := func(key, code, version string) reply {
		return anybody.send(t, request{method: http.MethodPost, path: "/v1/sessions", key: key, body: members{
			"channel": "alipay", "auth_code": code, "client": members{"platform": "ios", "version": version},
		}})
	}
	key := rand.Text()
	first := open(key, code, "26.1").is(t, http.StatusCreated)
	open(rand.Text(), code, "26.1").refused(t, http.StatusUnprocessableEntity, "auth_code_invalid")
	open(rand.Text(), s.Alipay.IssueForeignCode(p.OpenID, alipaytest.ScopeBase), "26.1").
		refused(t, http.StatusUnprocessableEntity, "auth_code_invalid")
	open(key, code, "25.0").refused(t, http.StatusUnprocessableEntity, "idempotency_key_reused")

	again := open(key, code, "26.1").is(t, http.StatusCreated)
	if again.text(t, "session.id") != first.text(t, "session.id") || again.text(t, "token") == first.text(t, "token") ||
		again.header.Get("Idempotency-Replayed") != "true" {
		t.Error("a repetition did not give a fresh token of the same session")
	}
	old := caller{base: anybody.base, token: first.text(t, "token")}
	old.get(t, "/v1/session").refused(t, http.StatusUnauthorized, "session_required")
	fresh := caller{base: anybody.base, token: again.text(t, "token")}
	fresh.get(t, "/v1/session").is(t, http.StatusOK)
}

func prefillCodeUsedTwice(t *testing.T, s *fixture) {
	v := s.login(t, s.newPerson(people.Passes))
	code := s.Alipay.IssueCode(v.OpenID, alipaytest.ScopeUser)
	v.prefill(t, code)
	v.post(t, "/v1/session/prefill", members{"auth_code": code}).refused(t, http.StatusUnprocessableEntity, "auth_code_invalid")
	thief := s.login(t, s.newPerson(people.Passes))
	thief.post(t, "/v1/session/prefill", members{"auth_code": code}).
		refused(t, http.StatusUnprocessableEntity, "auth_code_invalid")
}

// Who could ask a bank about cards of a name and number would have an oracle.
func cardBeforeFace(t *testing.T, s *fixture) {
	thief, victim := s.login(t, s.newPerson(people.NoPortrait)), s.newPerson(people.Passes)
	thief.consent(t, "access")
	id := thief.begin(t, documentOf(victim))
	body := members{"card": victim.Card, "phone": victim.Phone}
	thief.post(t, "/v1/verifications/"+id+"/bank-card", body).refused(t, http.StatusConflict, "face_first")
	thief.startFace(t, id)
	thief.post(t, "/v1/verifications/"+id+"/bank-card", body).refused(t, http.StatusConflict, "face_first")
	thief.face(t, id, alipaytest.ActionFail)
	thief.post(t, "/v1/verifications/"+id+"/bank-card", body).refused(t, http.StatusConflict, "face_first")
	for _, decision := range s.Tencent.Decisions() {
		if decision.Query.Number == victim.Number {
			t.Fatal("the card network was asked about the victim")
		}
	}
}

// Strangers fail in turn with the victim's number, until the hidden limit leaves
// each of them only two tries. They learn nothing of each other's tries, and the
// victim still passes.
func strangerFails(t *testing.T, s *fixture) {
	victim, prefilled := s.newPerson(people.Passes), s.newPerson(people.Passes)
	s.enter(t, victim) // has passed before
	for _, target := range []people.Person{victim, prefilled} {
		first, second, third := s.impostor(t, target), s.impostor(t, target), s.impostor(t, target)
		for range 3 { // as many as one account has
			first.fail(t)
		}
		first.post(t, "/v1/verifications/"+first.verification+"/face", nil).refused(t, http.StatusConflict, "verification_failed")
		for _, stranger := range []impostor{second, third} {
			for _, want := range []string{"2", "1"} {
				if left := stranger.fail(t); left != want {
					t.Errorf("a stranger is told %s tries left, want its own %s", left, want)
				}
			}
			stranger.stopped(t)
			if left := stranger.get(t, "/v1/verifications/"+stranger.verification).text(t, "tries.left"); left != "1" {
				t.Errorf("a stranger who is stopped is told %s tries left, want its own 1", left)
			}
		}
	}
	s.enter(t, victim)

	owner := s.login(t, prefilled)
	owner.prefill(t, s.Alipay.IssueCode(prefilled.OpenID, alipaytest.ScopeUser))
	owner.consent(t, "access")
	id := owner.usePrefill(t).is(t, http.StatusCreated).text(t, "id")
	if left := owner.get(t, "/v1/verifications/"+id).text(t, "tries.left"); left != "3" {
		t.Errorf("the owner is told %s tries left, want 3", left)
	}
	if state := owner.face(t, id, alipaytest.ActionPass).text(t, "state"); state != "passed" {
		t.Errorf("the owner's face ended in %s", state)
	}
}

// impostor is an account that names another person.
type impostor struct {
	*client

	verification string
}

func (s *fixture) impostor(t *testing.T, target people.Person) impostor {
	t.Helper()
	v := s.login(t, s.newPerson(people.NoPortrait))
	v.consent(t, "access")
	return impostor{v, v.begin(t, documentOf(target))}
}

// fail shows a wrong face and returns the tries left.
func (i impostor) fail(t *testing.T) (left string) {
	t.Helper()
	got := i.face(t, i.verification, alipaytest.ActionFail)
	if state := got.text(t, "state"); state != "failed" {
		t.Fatalf("a wrong face ended in %s", state)
	}
	return got.text(t, "verification.tries.left")
}

// stopped checks that there is no try, and that it is not told when the others
// failed.
func (i impostor) stopped(t *testing.T) {
	t.Helper()
	got := i.post(t, "/v1/verifications/"+i.verification+"/face", nil).refused(t, http.StatusConflict, "tries_exhausted")
	if next := got.text(t, "next_at"); next != "" {
		t.Errorf("the stranger is told of %s", next)
	}
}
