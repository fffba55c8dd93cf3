package main

import (
	"testing"

	"renzheng/test/harness"
)

// TestAttacks plays each attack as the sequence of calls that a thief, a bug or
// an impatient hand would send. All share one sandbox, with persons of their own.
func TestAttacks(t *testing.T) {
	t.Parallel()
	turning := newTurningCallback(t)
	s := newFixture(t, fixtureOptions{
		// So small that a stranger gets to the hidden limit, so large that one account does not.
		settings: harness.Settings{"BFF_LIMITS_FACE": "3", "BFF_LIMITS_FACE_OF_SUBJECT": "4"},
		guests: []guestOptions{
			{id: "other"},
			{id: "inward", url: turning.inward, allow: []string{"localhost"}},
			{id: "turning", url: turning.URL + "/events", allow: []string{"127.0.0.1"}},
		},
	})
	for _, attack := range []struct {
		name string
		play func(*testing.T, *fixture)
	}{
		{"a face link handed to the victim does not pass for the thief", linkHandedOn},
		{"a client that claims success is not believed", successClaimed},
		{"one face pass answers one todo only", passUsedTwice},
		{"a pass for one todo does not answer another", passForAnotherTodo},
		{"a pass from before a new revision answers neither", passBeforeRevision},
		{"a confirm verification of another session of the account is not usable", passOfAnotherSession},
		{"a pass that is too old is not usable", passTooOld},
		{"content that this session was not shown cannot be confirmed", contentNotShown},
		{"strokes of an earlier confirmation are refused", strokesReused},
		{"another account's code prefills nothing", prefillOfAnother},
		{"a prefill is of one session and used once", prefillOfAnotherSession},
		{"who has a prefill cannot name another person", prefillContradicted},
		{"a stranger's use of ids is answered like unknown ids", foreignIDs},
		{"without access a todo's id tells nothing", foreignTodoWithoutAccess},
		{"a stranger cannot lock a person out", strangerFails},
		{"the bank card is not asked for before the face", cardBeforeFace},
		{"an authorization code opens one session", codeUsedTwice},
		{"a prefill code is used once", prefillCodeUsedTwice},
		{"a nonce is used once", nonceUsedTwice},
		{"an idempotency key belongs to one body and one session", keyUsedTwice},
		{"the key of an answer belongs to one body and one account", answerKeyUsedTwice},
		{"a registry's case is its own", caseOfAnotherRegistry},
		{"a call-back address that resolves to loopback is not dialled", callbackInward},
		{"a call-back that redirects is not followed", turning.notFollowed},
		{"a withdrawn todo cannot be confirmed", confirmWithdrawn},
		{"an expired todo cannot be confirmed", confirmExpired},
		{"nothing can be confirmed after logout", confirmLoggedOut},
		{"nothing can be confirmed after a consent was withdrawn", confirmWithoutConsent},
		{"nothing can be confirmed after the grant has ended", confirmWithoutGrant},
		{"nothing can be confirmed after the verification was voided", confirmVoided},
		{"an answered todo cannot be refused", refuseConfirmed},
	} {
		t.Run(attack.name, func(t *testing.T) {
			t.Parallel()
			attack.play(t, s)
		})
	}
}
