package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/test/people"
)

// TestAttacks_OtherChannels plays what a thief tries in WeChat and at an
// authority's gateway.
func TestAttacks_OtherChannels(t *testing.T) {
	t.Parallel()
	s := newFixture(t, fixtureOptions{})
	for _, attack := range []struct {
		name string
		play func(*testing.T, *fixture)
	}{
		{"WeChat's face handed to the victim does not pass for the thief", weChatHandedOn},
		{"a gateway's page handed to the victim does not pass for the thief", pageHandedOn},
		{"a face of another session is nobody's result", resultOfAnother},
		{"a gateway's answers do not tell whether a number exists", recordsNotTold},
		{"the same key and code in another channel open nothing", codeOfAnotherChannel},
		{"a ticket's picture and context are its account's own", ticketOfAnother},
		{"nobody is told of todos without access", notificationWithoutAccess},
	} {
		t.Run(attack.name, func(t *testing.T) {
			t.Parallel()
			attack.play(t, s)
		})
	}
}

// holder returns a new person with a document that the gateway answers for.
func (s *fixture) holder(t *testing.T, fate people.Fate) people.Person {
	t.Helper()
	p, found := people.Holder("hk_macau_permit", fate, s.newPerson(people.Passes).Serial, time.Now())
	if !found {
		t.Fatalf("nobody holds that document with fate %s", fate)
	}
	return p
}

// inWeChat logs a person in there and accepts all notices of access.
func (s *fixture) inWeChat(t *testing.T, p people.Person) *client {
	t.Helper()
	v := &client{caller: caller{base: s.urls[0]}, Person: p, fixture: s}
	body := loginBody(s.WeChat.IssueCode(p.OpenID))
	body["channel"] = "wechat"
	opened := v.post(t, "/v1/sessions", body).is(t, http.StatusCreated)
	v.token, v.session = opened.text(t, "token"), opened.text(t, "session.id")
	v.consent(t, "access&channel=wechat")
	v.consent(t, "access&channel=wechat&document_type=hk_macau_permit")
	return v
}

func typedOf(p people.Person) members {
	return members{"type": string(p.Type()), "number": p.Typed, "name": p.Name}
}

// act sends what somebody does on a page of a third party.
func (s *fixture) act(t *testing.T, path string, form url.Values) reply {
	t.Helper()
	return caller{base: s.URL}.send(t, request{
		method: http.MethodPost, path: path, body: []byte(form.Encode()),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
	})
}

func weChatHandedOn(t *testing.T, s *fixture) {
	victim := s.newPerson(people.Passes)
	thief := s.inWeChat(t, s.newPerson(people.Passes))
	l := thief.startFace(t, thief.begin(t, documentOf(victim)))
	told := s.act(t, "/wechat/sandbox/face", url.Values{
		"verify_id": {l.certify}, "openid": {victim.OpenID}, "action": {wechattest.ActionPass},
	}).is(t, http.StatusOK)
	if told.text(t, "errCode") != "90199" {
		t.Fatalf("WeChat let another account complete the check: %s", told.body)
	}
	thief.finishFace(t, l).is(t, http.StatusAccepted)
	thief.noPass(t, l.verification)
}

func pageHandedOn(t *testing.T, s *fixture) {
	victim := s.holder(t, people.Passes)
	thief := s.inWeChat(t, s.newPerson(people.Passes))
	l := thief.startFace(t, thief.begin(t, typedOf(victim)))
	got := s.act(t, strings.TrimPrefix(l.url, s.URL), url.Values{"account": {victim.OpenID}, "action": {string(agencytest.Show)}})
	if got.status != http.StatusForbidden {
		t.Fatalf("the gateway let another account complete the check: %d", got.status)
	}
	thief.finishFace(t, l).is(t, http.StatusAccepted)
	thief.noPass(t, l.verification)
}

// The attempt of another person, and that of another verification of one's own,
// are no result.
func resultOfAnother(t *testing.T, s *fixture) {
	victim := s.inWeChat(t, s.newPerson(people.Passes))
	theirs := victim.startFace(t, victim.begin(t, victim.document()))
	s.act(t, "/wechat/sandbox/face", url.Values{
		"verify_id": {theirs.certify}, "openid": {victim.OpenID}, "action": {wechattest.ActionPass},
	}).is(t, http.StatusOK)
	thief := s.inWeChat(t, s.newPerson(people.Passes))
	mine := thief.startFace(t, thief.begin(t, documentOf(victim.Person)))
	again := s.inWeChat(t, victim.Person)
	other := again.startFace(t, again.begin(t, again.document()))
	for _, claim := range []struct {
		who *client
		l   link
	}{
		{thief, link{verification: mine.verification, attempt: theirs.attempt}},
		{thief, theirs},
		{thief, link{verification: mine.verification, attempt: theirs.certify}},
		{again, link{verification: other.verification, attempt: theirs.attempt}},
	} {
		if got := claim.who.finishFace(t, claim.l); got.status != http.StatusNotFound && got.status != http.StatusUnprocessableEntity {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
	thief.noPass(t, mine.verification)
	if state := victim.finishFace(t, theirs).is(t, http.StatusOK).text(t, "state"); state != "passed" {
		t.Errorf("the victim's own face: got %s", state)
	}
}

// A number that is in no record gets the same answers and charges as a number whose
// record has another name.
func recordsNotTold(t *testing.T, s *fixture) {
	heard := map[people.Fate]any{}
	for _, fate := range []people.Fate{people.NoRecord, people.DocumentDiffers} {
		thief := s.inWeChat(t, s.newPerson(people.Passes))
		l := thief.startFace(t, thief.begin(t, typedOf(s.holder(t, fate))))
		s.act(t, strings.TrimPrefix(l.url, s.URL), url.Values{"account": {thief.OpenID}, "action": {string(agencytest.Show)}}).is(t, http.StatusOK)
		heard[fate] = told(t, thief.finishFace(t, l).is(t, http.StatusOK))
	}
	if a, b := heard[people.NoRecord], heard[people.DocumentDiffers]; !reflect.DeepEqual(a, b) {
		t.Errorf("without a record:\n%v\nwith another name:\n%v", a, b)
	}
}

// told is an answer without what differs from one person to the next.
func told(t *testing.T, r reply) any {
	t.Helper()
	var body any
	if err := json.Unmarshal(r.body, &body); err != nil {
		t.Fatal(err)
	}
	var strip func(any)
	strip = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, item := range value {
				strip(item)
			}
		case map[string]any:
			for name, member := range value {
				if name == "id" || name == "slip_code" || strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_at") || strings.HasSuffix(name, "_masked") {
					delete(value, name)
					continue
				}
				strip(member)
			}
		}
	}
	strip(body)
	return body
}

func codeOfAnotherChannel(t *testing.T, s *fixture) {
	p := s.newPerson(people.Passes)
	body := loginBody(s.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase))
	open := func() reply {
		return caller{base: s.urls[0]}.send(t, request{method: http.MethodPost, path: "/v1/sessions", body: body, key: "one-key-for-both-channels"})
	}
	open().is(t, http.StatusCreated)
	body["channel"] = "wechat"
	open().refused(t, http.StatusUnprocessableEntity, "auth_code_invalid")
	body["channel"] = "web"
	open().refused(t, http.StatusForbidden, "channel_off")
}

func ticketOfAnother(t *testing.T, s *fixture) {
	owner, stranger := s.login(t, s.newPerson(people.Passes)), s.login(t, s.newPerson(people.Passes))
	ticket := owner.post(t, "/v1/support/tickets", members{"failure": "face_differs", "document_type": "resident_id"}).is(t, http.StatusCreated)
	for _, at := range []string{ticket.text(t, "id"), ticket.text(t, "code")} {
		stranger.get(t, "/v1/support/tickets/"+at).refused(t, http.StatusNotFound, "not_found")
		stranger.get(t, "/v1/support/tickets/"+at+"/qr").refused(t, http.StatusNotFound, "not_found")
	}
	theirs := stranger.post(t, "/v1/support/tickets", members{}).is(t, http.StatusCreated)
	if theirs.text(t, "id") == ticket.text(t, "id") {
		t.Error("two accounts share a ticket")
	}
}

func notificationWithoutAccess(t *testing.T, s *fixture) {
	v := s.inWeChat(t, s.newPerson(people.Passes))
	v.post(t, "/v1/notifications", nil).refused(t, http.StatusForbidden, "access_required")
	v.get(t, "/v1/notifications").refused(t, http.StatusForbidden, "access_required")
	v.remove(t, "/v1/notifications").refused(t, http.StatusForbidden, "access_required")
	if n := s.rows.count(t, "SELECT COUNT(*) FROM notifications WHERE account_id IN (SELECT account_id FROM sessions WHERE id = ?)", v.session); n != 0 {
		t.Errorf("got %d agreements", n)
	}
}
