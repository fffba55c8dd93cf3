package main

import (
	"net/http"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/sql/storetest"
	"renzheng/test/people"
)

// newProcessPair returns two servers as processes that share a server's database.
func newProcessPair(t *testing.T) *processFixture {
	t.Helper()
	engines := storetest.Engines(t)
	return newProcessFixture(t, fixtureOptions{engine: &engines[len(engines)-1], replicas: 2})
}

// A face that one replica began and did not live to finish is finished by the
// other; so is the rest of the verification.
func TestReplicas_FinishAFaceOfOneThatWasKilled(t *testing.T) {
	t.Parallel()
	tr := newProcessPair(t)
	v := tr.login(t, tr.newPerson(people.Passes))
	v.consent(t, "access")
	verification := v.begin(t, v.document())
	l := v.startFace(t, verification)
	tr.servers[0].Kill()
	v = v.at(1)
	tr.show(t, l, v.OpenID, alipaytest.ActionPass)
	if state := v.finishFace(t, l).is(t, http.StatusOK).text(t, "state"); state != "passed" {
		t.Fatalf("the face ended in %q, want passed", state)
	}
	if state := v.bankCard(t, verification).is(t, http.StatusOK).text(t, "state"); state != "passed" {
		t.Errorf("the bank card ended in %q, want passed", state)
	}
	v.post(t, "/v1/verifications/"+verification+"/portrait/accept", nil).is(t, http.StatusOK)
	tr.chargedNothing(t, verification)
}

// A face whose result was still unknown when its replica was killed is asked for
// by the other one's worker; nobody has to come back for it.
func TestReplicas_ReconcileAFaceOfOneThatWasKilled(t *testing.T) {
	t.Parallel()
	tr := newProcessPair(t)
	v := tr.login(t, tr.newPerson(people.FaceUnknown)) // the first question gets no answer
	v.consent(t, "access")
	verification := v.begin(t, v.document())
	l := v.startFace(t, verification)
	tr.show(t, l, v.OpenID, alipaytest.ActionPass)
	if state := v.finishFace(t, l).is(t, http.StatusAccepted).text(t, "state"); state != "unknown" {
		t.Fatalf("the face is %q, want unknown", state)
	}
	tr.servers[0].Kill()
	until(t, "the other replica settles the face", func() bool {
		return tr.rows.text(t, "SELECT state FROM attempts WHERE id = ?", l.attempt) == "passed"
	})
	if next := v.at(1).get(t, "/v1/verifications/"+verification).is(t, http.StatusOK).text(t, "next.check"); next != "bank_card" {
		t.Errorf("the next check is %q, want bank_card", next)
	}
	tr.chargedNothing(t, verification)
}

// chargedNothing requires one attempt of a face, and that it cost no try.
func (s *fixture) chargedNothing(t *testing.T, verification string) {
	t.Helper()
	if n := s.rows.count(t, "SELECT COUNT(*) FROM attempts WHERE verification_id = ? AND kind = 'face'", verification); n != 1 {
		t.Errorf("got %d attempts of a face, want 1", n)
	}
	used := s.rows.count(t, `SELECT b.used FROM budgets b JOIN verifications v ON v.id = ?
		WHERE b.scope = CONCAT('face|', v.account_id, '|', v.subject_id)`, verification)
	if used != 0 {
		t.Errorf("got %d tries used up by a face that passed, want none", used)
	}
}
