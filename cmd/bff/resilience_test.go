package main

import (
	"crypto/rand"
	"net/http"
	"slices"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// atTheCard takes a person to the bank card.
func (s *fixture) atTheCard(t *testing.T, fate people.Fate) (v *client, verification string) {
	t.Helper()
	v = s.login(t, s.newPerson(fate))
	v.consent(t, "access")
	verification = v.begin(t, v.document())
	if state := v.face(t, verification, alipaytest.ActionPass).text(t, "state"); state != "passed" {
		t.Fatalf("the face ended in %q", state)
	}
	return v, verification
}

// asked counts the queries about a person's card that reached the source.
func (s *fixture) asked(p people.Person) int {
	var n int
	for _, d := range s.Tencent.Decisions() {
		if d.Query.Card == p.Card {
			n++
		}
	}
	return n
}

// turnedAway tries a card more often than its network allows, and checks that every
// attempt ends at once, uncounted, without a query.
func (v *client) turnedAway(t *testing.T, verification string) {
	t.Helper()
	for range 6 {
		got := v.bankCard(t, verification).is(t, http.StatusOK)
		for path, want := range map[string]string{
			"state": "cancelled", "counted": "false", "failure.code": "provider_busy", "verification.tries.left": "4",
			"verification.next.check": "bank_card",
		} {
			if found := got.text(t, path); found != want {
				t.Errorf("%s: got %q, want %q", path, found, want)
			}
		}
	}
	if n := v.fixture.asked(v.Person); n != 0 {
		t.Errorf("got %d queries at the source, want none", n)
	}
}

// oneSource leaves Tencent Cloud alone of the two clouds.
func oneSource(others harness.Settings) harness.Settings {
	return harness.Settings{
		"BFF_ALIBABACLOUD_ACCESS_KEY_ID": "", "BFF_ALIBABACLOUD_ACCESS_KEY_SECRET": "", "BFF_ALIBABACLOUD_ENDPOINT": "",
		"BFF_ALIBABACLOUD_TIMEOUT": "8s", // the default
		"BFF_PHOTO_RECOGNIZERS":    "tencentcloud", "BFF_SMS_SENDERS": "tencentcloud",
	}.With(others)
}

func TestServe_AFullBulkheadGivesTheTryBack(t *testing.T) {
	t.Parallel()
	s := newFixture(t, fixtureOptions{settings: oneSource(harness.Settings{
		"BFF_RESILIENCE_PLACES": "1", "BFF_RESILIENCE_WAIT": "0s", "BFF_RESILIENCE_CALLS": "1000", "BFF_TENCENTCLOUD_TIMEOUT": "8s",
	})})
	holder, held := s.atTheCard(t, people.CardUnresolved) // whose first query is never answered
	other, verification := s.atTheCard(t, people.Passes)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = holder.try(request{
			method: http.MethodPost, path: "/v1/verifications/" + held + "/bank-card", key: rand.Text(),
			body: members{"card": holder.Card, "phone": holder.Phone},
		})
	}()
	until(t, "the only place is taken", func() bool { return s.asked(holder.Person) == 1 })
	other.turnedAway(t, verification)
	<-done
	if state := other.bankCard(t, verification).is(t, http.StatusOK).text(t, "state"); state != "passed" {
		t.Errorf("with the place free the card ended in %q, want a pass", state)
	}
}

func TestServe_AnOpenBreakerGivesTheTryBack(t *testing.T) {
	t.Parallel()
	s := newFixture(t, fixtureOptions{settings: oneSource(harness.Settings{
		"BFF_RESILIENCE_CALLS": "1", "BFF_RESILIENCE_RATIO": "1", "BFF_RESILIENCE_OPEN_FOR": "1h", "BFF_TENCENTCLOUD_TIMEOUT": "500ms",
	})})
	victim, verification := s.atTheCard(t, people.CardUnresolved)
	other, another := s.atTheCard(t, people.Passes)
	if state := victim.bankCard(t, verification).is(t, http.StatusOK).text(t, "state"); state != "unresolved" {
		t.Fatalf("a query without an answer ended in %q", state)
	}
	other.turnedAway(t, another)
	lost := func(d tencentcloudtest.Decision) bool { return d.Delivered == fakes.Lost }
	if !slices.ContainsFunc(s.Tencent.Decisions(), lost) {
		t.Error("the first query was answered, so the breaker had no reason to open")
	}
}
