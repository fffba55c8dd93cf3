package main

import (
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"renzheng/test/harness"
	"renzheng/test/people"
)

// enterWeChat logs a person in through WeChat at a replica and begins a
// verification.
func (s *fixture) enterWeChat(t *testing.T, replica int) (v *client, verification string) {
	t.Helper()
	v = (&client{Person: s.newPerson(people.Passes), fixture: s}).at(replica)
	body := loginBody(s.WeChat.IssueCode(v.OpenID))
	body["channel"] = "wechat"
	opened := v.post(t, "/v1/sessions", body).is(t, http.StatusCreated)
	v.token, v.session = opened.text(t, "token"), opened.text(t, "session.id")
	v.consent(t, "access&channel=wechat")
	return v, v.begin(t, v.document())
}

// WeChat returns an application one access token at a time: replicas that each
// fetched their own would end one another's.
func TestReplicas_FetchOneTokenForAll(t *testing.T) {
	t.Parallel()
	s := pair(t, fixtureOptions{})
	const faces = 8
	before := s.WeChat.Calls("cgi-bin/stable_token")
	var group sync.WaitGroup
	for i := range faces {
		v, verification := s.enterWeChat(t, i)
		group.Go(func() {
			got, err := v.try(request{method: http.MethodPost, path: "/v1/verifications/" + verification + "/face", key: rand.Text()})
			if err != nil || got.status != http.StatusCreated {
				t.Errorf("starting a face: got %d %s, %v", got.status, got.body, err)
			}
		})
	}
	group.Wait()
	if got := s.WeChat.Calls("cgi-bin/stable_token") - before; got != 1 {
		t.Errorf("got %d tokens fetched for %d faces on %d replicas, want 1", got, faces, len(s.urls))
	}
}

// A switch that is set with the operator's command holds on every replica, also
// on one that has just seen it otherwise.
func TestReplicas_FollowASwitch(t *testing.T) {
	t.Parallel()
	s := pair(t, fixtureOptions{settings: harness.Settings{ // this test learns the state of the switch by starting faces
		"BFF_LIMITS_FACE": "100000", "BFF_LIMITS_FACE_OF_SUBJECT": "100000", "BFF_LIMITS_FACE_STARTS": "100000",
	}})
	file, err := s.Settings.File()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "settings.json")
	if err = os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	v := s.login(t, s.newPerson(people.Passes))
	v.consent(t, "access")
	verification := v.begin(t, v.document())
	starts := func(replica int) string {
		return v.at(replica).post(t, "/v1/verifications/"+verification+"/face", nil).text(t, "code")
	}
	follow := func(state, code string, more ...string) {
		t.Helper()
		args := append([]string{"switch", "set", "--config", path, "face", "alipay", state, "--by", "duty officer"}, more...)
		if err := run(args); err != nil {
			t.Fatal(err)
		}
		for replica := range s.urls {
			until(t, "a replica follows the switch to "+state, func() bool { return starts(replica) == code })
		}
	}
	for replica := range s.urls {
		if code := starts(replica); code != "" {
			t.Fatalf("got %q before anything was switched", code)
		}
	}
	follow("off", "check_switched_off", "--text-zh-hans", "维护中", "--text-zh-hant", "維護中", "--text-en", "Under repair")
	follow("on", "")
}
