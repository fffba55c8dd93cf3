package bff_test

import (
	"net/http"
	"slices"
	"testing"
)

// liNumber is the resident ID number of Li, who is not Zhang.
const liNumber = "440524198001010013"

// caller is a client that asks for resources of the victim.
type caller struct {
	token, registry string
	own             map[string]resource // resources of its own, by kind
	sameAccount     bool                // a session of the victim's account, which owns the appeals, the consents and the ticket
	samePerson      bool                // has a grant of the victim's person, who sees todos and answers in any session
	knowsDocument   bool                // was shown the victim's document, or typed it
	lost            []resource          // resources that it could see before and may not see any more
}

// may reports whether the caller may see a resource of the victim.
func (c caller) may(r resource) bool {
	return c.sameAccount && slices.Contains([]string{"appeal", "appointment", "queue_number", "consent", "material", "ticket"}, r.kind) ||
		c.samePerson && slices.Contains([]string{"todo", "confirmation", "cursor", "invitation"}, r.kind)
}

// callers returns the callers of the matrix by name, as functions that create them in the victim's fixture.
func callers() map[string]func(t *testing.T, v *victim) caller {
	return map[string]func(t *testing.T, v *victim) caller{
		"no session":                       func(*testing.T, *victim) caller { return caller{} },
		"an unknown token":                 func(*testing.T, *victim) caller { return caller{token: newKey() + newKey()[:17]} },
		"another account":                  anotherAccount,
		"the same account without a grant": withoutGrant,
		"an ended grant":                   endedGrant,
		"a later grant of the same person": laterGrant,
		"a grant of another person":        anotherPerson,
		"another registry":                 anotherRegistry,
	}
}

// anotherAccount is an account that has typed Zhang's document and not passed a check.
func anotherAccount(t *testing.T, v *victim) caller {
	t.Helper()
	p := v.w.login(t, "li").agree(t)
	begun := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": zhang()}).want(t, http.StatusCreated, "")
	own := resource{kind: "verification", id: begun.text(t, "id")}
	return caller{token: p.token, own: map[string]resource{"verification": own}, knowsDocument: true}
}

// withoutGrant is another session of Zhang's account.
func withoutGrant(t *testing.T, v *victim) caller {
	t.Helper()
	return caller{token: v.w.login(t, "zhang").token, sameAccount: true}
}

// endedGrant is another session of Zhang. A confirm verification passed under its grant, and then the grant ended.
func endedGrant(t *testing.T, v *victim) caller {
	t.Helper()
	p, access := v.w.enterAs(t, "zhang", zhang())
	c := caller{token: p.token, sameAccount: true, knowsDocument: true}
	verificationID, attemptID := p.passConfirm(t, v.resources["todo"][1])
	c.lost = []resource{{kind: "verification", id: verificationID, of: verificationID}, {kind: "attempt", id: attemptID, of: verificationID}}
	p.call(t, http.MethodDelete, access, nil).want(t, http.StatusNoContent, "")
	return c
}

// laterGrant is the session of endedGrant with a new grant of Zhang.
func laterGrant(t *testing.T, v *victim) caller {
	t.Helper()
	c := endedGrant(t, v)
	p := person{v.w, c.token}
	p.accept(t, zhang())
	c.samePerson = true
	return c
}

// anotherPerson is Li, who has one of everything.
func anotherPerson(t *testing.T, v *victim) caller {
	t.Helper()
	li := object{"type": "resident_id", "number": liNumber, "name": "李四"}
	p, _ := v.w.enterAs(t, "li", li)
	body := sampleCase(1)
	body["signers"] = []object{{"signer_id": "s1", "role": "股东", "document": li}}
	pushed := v.w.push(t, "case-of-li", body).want(t, http.StatusCreated, "")
	own := resource{kind: "todo", id: textOf(pushed.list(t, "signers")[0], "todo_id")}
	own.extra = object{"revision": 1, "content_digest": p.get(t, "/v1/todos/"+own.id).text(t, "content_digest")}
	verificationID, attemptID := p.passConfirm(t, own)
	return caller{token: p.token, own: map[string]resource{
		"todo": own, "verification": {kind: "verification", id: verificationID}, "attempt": {kind: "attempt", id: attemptID},
	}}
}

// anotherRegistry has a case of its own.
func anotherRegistry(t *testing.T, v *victim) caller {
	t.Helper()
	body := sampleCase(1)
	body["signers"] = []object{{"signer_id": "signer-of-tianjin", "role": "股东", "document": zhang()}}
	v.w.send(t, request{
		method: http.MethodPut, path: "/registry/v1/cases/case-of-tianjin", body: body, registry: "tianjin",
	}).want(t, http.StatusCreated, "")
	return caller{registry: "tianjin", own: map[string]resource{
		"case": {kind: "case", id: "case-of-tianjin"}, "signer": {kind: "signer", id: "signer-of-tianjin"},
	}}
}

// enterAs signs a user in, takes them to an access grant, and returns the address of the access verification.
func (w *fixture) enterAs(t *testing.T, user string, document object) (person, string) {
	t.Helper()
	p := w.login(t, user).agree(t)
	return p, p.accept(t, document)
}

// accept passes and accepts an access verification, and returns its address.
func (p person) accept(t *testing.T, document object) string {
	t.Helper()
	begun := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": document})
	path := begun.want(t, http.StatusCreated, "").header.Get("Location")
	p.face(t, path)
	if p.get(t, path).text(t, "state") == "open" { // a pass of the card counts for a day
		p.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusOK, "")
	}
	p.call(t, http.MethodPost, path+"/portrait/accept", nil).want(t, http.StatusOK, "")
	return path
}
