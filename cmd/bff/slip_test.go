package main

import (
	"encoding/json"
	"strings"
	"testing"

	"renzheng/bff/problem"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/sql/storetest"
	"renzheng/test/people"
)

// slipOf returns the slip code among the remedies of the failure in an answer.
func slipOf(t *testing.T, r reply) string {
	t.Helper()
	var body struct {
		Failure problem.Failure `json:"failure"`
	}
	if err := json.Unmarshal(r.body, &body); err != nil {
		t.Fatal(err)
	}
	for _, remedy := range body.Failure.Remedies {
		if remedy.SlipCode != "" {
			return remedy.SlipCode
		}
	}
	t.Fatalf("no slip in %s", r.body)
	return ""
}

// A person fails, takes the slip to the window, and is found with the same ids in the log.
func TestSlip_ShowsWhatWasTried(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newProcessFixture(t, fixtureOptions{engine: &engine})
			c := s.login(t, s.newPerson(people.Passes))
			c.consent(t, "access")
			verification := c.begin(t, c.document())
			failed := c.face(t, verification, alipaytest.ActionFail)
			code, attempt := slipOf(t, failed), failed.text(t, "attempt_id")
			failure := failed.text(t, "failure.code")
			c.face(t, verification, alipaytest.ActionPass)
			again := c.post(t, "/v1/verifications/"+verification+"/bank-card", members{"card": "6222020200112230", "phone": c.Phone})
			if other := slipOf(t, again); other != code {
				t.Errorf("another failure of the same visit has the code %s, want %s", other, code)
			}

			out := s.want(t, "slip "+code, c.session, verification, attempt, failure, "face", "alipay", "passed", again.text(t, "failure.code"))
			nothingOf(t, c.Person, out)
			s.want(t, "slip "+strings.ToLower(strings.ReplaceAll(code, "-", "")), attempt)
			s.want(t, "slip "+c.session, attempt)

			line := ""
			for l := range strings.Lines(s.logs.String()) {
				if strings.Contains(l, `"route":"/v1/verifications/{id}/face/result"`) && strings.Contains(l, attempt) {
					line = l
				}
			}
			for _, want := range []string{c.session, `"verification_id":"` + verification + `"`, `"attempt_id":"` + attempt + `"`, `"failure":"` + failure + `"`} {
				if !strings.Contains(line, want) {
					t.Errorf("the access log lacks %s: %q", want, line)
				}
			}
		})
	}
}
