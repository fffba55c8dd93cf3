package bff_test

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// While the first recognizer is slow, the person withdraws: the next one gets nothing.
func TestReading_IsNotSentToAnotherAfterAWithdrawal(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p, path := w.appellant(t)
	front := p.uploaded(t, path, "document_front")
	p.agreesToReading(t, path)
	w.third.script(func(f *thirdParties) {
		f.slow = func() {
			p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
		}
	})
	if got := p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, ""); got.json(t)["reading"] != nil || w.sent() != 0 {
		t.Errorf("%d photos were sent after the withdrawal: %s", w.sent(), got.body)
	}
}

// A call that waits for a recognizer ends with what it belongs to, instead of after its time-out: the vendor's answer is not waited for.
func TestReading_IsAbortedByWhatEndsIt(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, p person, path, front string){
		"the consent of the appeal is withdrawn": func(t *testing.T, p person, path, _ string) {
			t.Helper()
			p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
		},
		"the consent is withdrawn from the list": func(t *testing.T, p person, _, _ string) {
			t.Helper()
			p.call(t, http.MethodDelete, p.photoConsent(t), nil).want(t, http.StatusOK, "")
		},
		"the photo is removed": func(t *testing.T, p person, _, front string) {
			t.Helper()
			p.call(t, http.MethodDelete, front, nil).want(t, http.StatusNoContent, "")
		},
		"the appeal is withdrawn": func(t *testing.T, p person, path, _ string) {
			t.Helper()
			p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
		},
		"the appeal is submitted": func(t *testing.T, p person, path, _ string) {
			t.Helper()
			p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": wordsOfTheAppeal}).want(t, http.StatusOK, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.reads(misread())
			p, path := w.appellant(t)
			front := p.uploaded(t, path, "document_front")
			p.sendsTheRest(t, path)
			p.agreesToReading(t, path)
			w.third.script(func(f *thirdParties) { f.silent, f.slow = true, func() { end(t, p, path, front) } })
			got := p.call(t, http.MethodPost, front+"/reading", nil)
			w.third.script(func(f *thirdParties) {
				if !errors.Is(f.givenUp, context.Canceled) || len(f.photos) != 0 {
					t.Errorf("got %v and %d photos sent, want the call aborted and none", f.givenUp, len(f.photos))
				}
			})
			if strings.Contains(string(got.body), "name_masked") {
				t.Errorf("what was read came after its end: %s", got.body)
			}
		})
	}
}

// Another appeal's call goes on: what is withdrawn is not its claim.
func TestReading_IsNotAbortedByAnotherEnd(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p, path := w.appellant(t)
	front, back := p.uploaded(t, path, "document_front"), p.uploaded(t, path, "document_back")
	p.agreesToReading(t, path)
	w.third.script(func(f *thirdParties) {
		f.slow = func() { p.call(t, http.MethodDelete, back, nil).want(t, http.StatusNoContent, "") }
	})
	if got := p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, ""); got.text(t, "reading", "state") != "read" {
		t.Errorf("got %s", got.body)
	}
}

// A notice names the recipients of the photo. A person who accepted an earlier version is asked again.
func TestReading_NeedsTheNoticeInForce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p, path := w.appellant(t)
	front := p.uploaded(t, path, "document_front")
	p.agreesToReading(t, path)
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: w.path}).EscapedPath()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err = db.ExecContext(t.Context(), "UPDATE consents SET notice_hash = ? WHERE kind = 'document_photo'", strings.Repeat("0", 64)); err != nil {
		t.Fatal(err)
	}
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusForbidden, "consent_required")
	if w.sent() != 0 {
		t.Error("a photo was sent under a notice that is not in force")
	}
	p.agreesToReading(t, path)
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
}

// An answer that is kept for repetitions does not keep what a withdrawal erases.
func TestReading_IsNotInAnAnswerThatIsKept(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p := w.login(t, "zhang").agree(t)
	about := object{"failure": "tries_exhausted", "verification_id": p.usesUpTries(t)}
	path := p.opened(t, about)
	front := p.uploaded(t, path, "document_front")
	p.agreesToReading(t, path)
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
	again := request{method: http.MethodPost, path: "/v1/appeals", body: about, token: p.token, key: newKey()}
	w.send(t, again).want(t, http.StatusOK, "")
	p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
	if got := w.send(t, again).want(t, http.StatusOK, ""); strings.Contains(string(got.body), "number_masked") {
		t.Errorf("what was read comes back after its erasure: %s", got.body)
	}
}

// A consent can be withdrawn as easily as it was given, as long as it has an effect: the appeal shows it after it was submitted too.
func TestReading_ShowsItsConsentWhileAnAppealWaits(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p, path := w.appellant(t)
	p.agreesToReading(t, path)
	front := p.uploaded(t, path, "document_front")
	p.sendsTheRest(t, path)
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": wordsOfTheAppeal}).want(t, http.StatusOK, "")
	w.pass(25 * time.Hour) // from then on, the list of consents does not have it
	p = w.login(t, "zhang")
	if offer, _ := p.get(t, path).want(t, http.StatusOK, "").json(t)["reading"].(object); offer["agreed"] != true {
		t.Error("a submitted appeal shows no consent to withdraw")
	}
	p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
	left := p.get(t, path).want(t, http.StatusOK, "")
	if left.json(t)["reading"] != nil || slices.ContainsFunc(left.list(t, "materials"), func(m object) bool { return m["reading"] != nil }) {
		t.Errorf("after the withdrawal: %s", left.body)
	}
}
