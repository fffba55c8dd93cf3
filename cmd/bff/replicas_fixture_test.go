package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// pair returns a fixture with two replicas on a server's database, which SQLite is
// not: the embedded database is of one server.
func pair(t *testing.T, o fixtureOptions) *fixture {
	t.Helper()
	for _, engine := range storetest.Engines(t) {
		if engine.Name != "sqlite" {
			o.engine, o.replicas = &engine, 2
		}
	}
	return newFixture(t, o)
}

// otherNode names the server of BFF_TEST_MYSQL_DSN as another node of its
// cluster has it. `make cluster` sets it; without it there is one node.
const otherNode = "BFF_TEST_MYSQL_DSN_OTHER"

// nodeOf returns the settings by which a replica differs: every second one stands
// on the other node.
func nodeOf(t *testing.T, replica int, sandbox harness.Settings) harness.Settings {
	t.Helper()
	there := os.Getenv(otherNode)
	dsn, onServer := strings.CutPrefix(sandbox["BFF_DATABASE"], "mysql:")
	if there == "" || !onServer || replica%2 == 0 {
		return nil
	}
	here, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	other, err := mysql.ParseDSN(there)
	if err != nil {
		t.Fatal(err)
	}
	other.DBName = here.DBName
	return harness.Settings{"BFF_DATABASE": "mysql:" + other.FormatDSN()}
}

// at returns the same client at a replica.
func (v *client) at(replica int) *client {
	there := *v
	there.base = v.fixture.urls[replica%len(v.fixture.urls)]
	return &there
}

// sessions logs a person in as often as an account may be, in turn at each
// replica.
func (s *fixture) sessions(t *testing.T, p people.Person) []*client {
	t.Helper()
	const most = 3
	var all []*client
	for i := range most {
		v := s.login(t, p).at(i)
		v.consent(t, "access")
		all = append(all, v)
	}
	return all
}

// strangers log in with accounts of their own and claim to be one person.
func (s *fixture) strangers(t *testing.T, as people.Person) []*client {
	t.Helper()
	var all []*client
	for i := range doors {
		v := s.login(t, s.newPerson(people.NetworkBusy)).at(i) // an account that reveals nothing about its owner
		v.consent(t, "access")
		v.Name, v.Number = as.Name, as.Number
		all = append(all, v)
	}
	return all
}

// besiege makes all clients repeat a call at once, in turn at each replica, until
// each has received the answer that no try is left.
func besiege(t *testing.T, clients []*client, once func(v *client, turn int) (reply, error)) {
	t.Helper()
	const most = 100 // far beyond every limit of the tests
	var group sync.WaitGroup
	for i, v := range clients {
		group.Go(func() {
			for turn := range most {
				got, err := once(v.at(i+turn), turn)
				switch {
				case err != nil:
					t.Error(err)
					return
				case over(t, got):
					return
				}
			}
			t.Errorf("after %d calls there is no end of tries", most)
		})
	}
	group.Wait()
}

// over reports whether an answer says that no try is left; what another call at
// the same time is in the way of may be tried again.
func over(t *testing.T, got reply) bool {
	t.Helper()
	switch code := got.text(t, "code"); code {
	case "", "check_running", "state_changed", "verification_changed", "attempt_superseded":
		return false
	case "tries_exhausted", "card_locked", "account_limit", "verification_failed":
		return true
	default:
		t.Errorf("got %d %s", got.status, got.body)
		return true
	}
}

// tryFace is face for goroutines. It returns an answer other than a start.
func (v *client) tryFace(verification, action string) (reply, error) {
	started, err := v.try(request{method: http.MethodPost, path: "/v1/verifications/" + verification + "/face", key: rand.Text()})
	if err != nil || started.status != http.StatusCreated {
		return started, err
	}
	l, err := startedFace(verification, started)
	if err != nil {
		return reply{}, err
	}
	if _, err = (caller{}).try(request{method: http.MethodGet, path: l.url}); err != nil {
		return reply{}, err
	}
	form := url.Values{"certify_id": {l.certify}, "open_id": {v.OpenID}, "action": {action}}
	if _, err = (caller{base: v.fixture.URL}).try(request{
		method: http.MethodPost, path: "/sandbox/face", body: []byte(form.Encode()),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
	}); err != nil {
		return reply{}, err
	}
	return v.try(request{
		method: http.MethodPost, path: "/v1/verifications/" + verification + "/face/result",
		body: members{"attempt_id": l.attempt}, key: rand.Text(),
	})
}

// startedFace reads the answer to a start.
func startedFace(verification string, r reply) (link, error) {
	var got struct {
		AttemptID string `json:"attempt_id"`
		Call      struct {
			CertifyID string `json:"certify_id"`
			URL       string `json:"url"`
		} `json:"call"`
	}
	if err := json.Unmarshal(r.body, &got); err != nil {
		return link{}, err
	}
	if got.Call.CertifyID == "" {
		return link{}, errors.New("a face check has no call")
	}
	return link{verification: verification, attempt: got.AttemptID, certify: got.Call.CertifyID, url: got.Call.URL}, nil
}

// tryCard is bankCard for goroutines.
func (v *client) tryCard(verification, card string) (reply, error) {
	return v.try(request{
		method: http.MethodPost, path: "/v1/verifications/" + verification + "/bank-card",
		body: members{"card": card, "phone": v.Phone}, key: rand.Text(),
	})
}
