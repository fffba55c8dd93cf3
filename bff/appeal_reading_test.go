package bff_test

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/identity/photo"
)

// reads makes the recognizer read Zhang's card, with a misread name.
func (w *fixture) reads(front photo.Reading) {
	back := photo.Reading{Issuer: identity.NewSecret("北京市公安局朝阳分局")}.WithValidity("2015.03.01-2035.03.01")
	w.third.script(func(f *thirdParties) { f.readings = map[photo.Side]photo.Reading{photo.Front: front, photo.Back: back} })
}

func misread() photo.Reading {
	return photo.Reading{Name: identity.NewSecret("张三非"), Number: identity.NewSecret(zhangNumber)}.Warned(photo.Copy, photo.Glare)
}

// sent returns how many photos the recognizer got.
func (w *fixture) sent() int {
	w.third.mu.Lock()
	defer w.third.mu.Unlock()
	return len(w.third.photos)
}

// agreesToReading accepts the notice of an appeal as it is shown.
func (p person) agreesToReading(t *testing.T, path string) reply {
	t.Helper()
	n, _ := p.get(t, path).want(t, http.StatusOK, "").json(t)["reading"].(object)["notice"].(object)
	return p.call(t, http.MethodPost, path+"/reading-consent", object{"notice": object{"id": n["id"], "version": n["version"], "hash": n["hash"]}}).want(t, http.StatusOK, "")
}

// uploaded sends a picture and returns its path.
func (p person) uploaded(t *testing.T, path, item string) string {
	t.Helper()
	return path + "/materials/" + p.uploads(t, path, item, aPicture(t)).text(t, "id")
}

// appellant is a person whose tries are used up, with the path of an appeal about it.
func (w *fixture) appellant(t *testing.T) (p person, path string) {
	t.Helper()
	p = w.login(t, "zhang").agree(t)
	return p, p.opened(t, object{"failure": "tries_exhausted", "verification_id": p.usesUpTries(t)})
}

// sendsTheRest sends everything that such an appeal needs next to the photo of the front.
func (p person) sendsTheRest(t *testing.T, path string) {
	t.Helper()
	p.uploaded(t, path, "document_back")
	p.uploaded(t, path, "holding_document")
	p.uploads(t, path, "failure_video", video(t))
}

// photoConsent returns the path of the consent to readings in the list of consents.
func (p person) photoConsent(t *testing.T) string {
	t.Helper()
	consents := p.get(t, "/v1/consents").want(t, http.StatusOK, "").list(t, "consents")
	i := slices.IndexFunc(consents, func(c object) bool { return c["kind"] == "document_photo" })
	if i < 0 {
		t.Fatalf("got %v, want the consent to readings", consents)
	}
	return "/v1/consents/" + textOf(consents[i], "id")
}

// agrees reports whether the person of an appeal has agreed to readings.
func agrees(t *testing.T, got reply) bool {
	t.Helper()
	reading, ok := got.json(t)["reading"].(object)
	if !ok {
		t.Fatalf("got %s", got.body)
	}
	return reading["agreed"] == true
}

func TestReading_NeedsTheConsentOfTheAppeal(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p := w.login(t, "zhang").agree(t)
	about := p.usesUpTries(t)
	path := p.opened(t, object{"failure": "tries_exhausted", "verification_id": about})
	front := p.uploaded(t, path, "document_front")
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusForbidden, "consent_required")
	p.call(t, http.MethodPost, path+"/reading-consent", object{"notice": object{"id": "document_photo", "version": "1", "hash": strings.Repeat("0", 64)}}).want(t, http.StatusConflict, "notice_stale")
	agreed := p.agreesToReading(t, path)
	if !agrees(t, agreed) {
		t.Errorf("got %s", agreed.body)
	}
	other := p.opened(t, object{"failure": "face_differs", "verification_id": about})
	p.call(t, http.MethodPost, p.uploaded(t, other, "document_front")+"/reading", nil).want(t, http.StatusForbidden, "consent_required")
	if w.sent() != 0 {
		t.Fatalf("%d photos were sent without a consent", w.sent())
	}
	for range 3 {
		got := p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
		if got.text(t, "reading", "state") != "read" || got.text(t, "reading", "number_masked") != "1****************X" || got.text(t, "reading", "name_masked") != "**非" {
			t.Errorf("got %s", got.body)
		}
		if strings.Contains(string(got.body), zhangNumber) || strings.Contains(string(got.body), "张三") || strings.Contains(string(got.body), "copy") {
			t.Errorf("the account is shown more than a mask: %s", got.body)
		}
	}
	if w.sent() != 1 || bytes.Contains(w.third.photos[0].JPEG, []byte("position")) {
		t.Errorf("%d photos were sent, want the clean one once", w.sent())
	}
}

func TestReading_IsWithdrawnWhereverTheConsentIs(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p, path := w.appellant(t)
	front := p.uploaded(t, path, "document_front")
	for _, withdraw := range []func(){
		func() {
			p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
			p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
		},
		func() {
			p.call(t, http.MethodDelete, p.photoConsent(t), nil).want(t, http.StatusOK, "")
		},
	} {
		p.agreesToReading(t, path)
		p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
		withdraw()
		got := p.get(t, path).want(t, http.StatusOK, "")
		if got.list(t, "materials")[0]["reading"] != nil || agrees(t, got) {
			t.Errorf("after the withdrawal: %s", got.body)
		}
		p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusForbidden, "consent_required")
		w.pass(2 * time.Minute) // another acceptance
	}
}

// Without a verification there is nothing with which what is read could be compared, so nothing is offered and no photo is given away.
func TestReading_IsOfferedAboutAVerificationOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	p := w.login(t, "zhang")
	path := p.opened(t, object{"failure": "account_limit"})
	front := p.uploaded(t, path, "document_front")
	if offer := p.get(t, path).want(t, http.StatusOK, "").json(t)["reading"]; offer != nil {
		t.Errorf("got the offer %v", offer)
	}
	other, about := w.appellant(t)
	n, _ := other.get(t, about).want(t, http.StatusOK, "").json(t)["reading"].(object)["notice"].(object)
	p.call(t, http.MethodPost, path+"/reading-consent", object{"notice": object{"id": n["id"], "version": n["version"], "hash": n["hash"]}}).want(t, http.StatusConflict, "appeal_closed")
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusConflict, "appeal_closed")
	if w.sent() != 0 {
		t.Errorf("%d photos were sent", w.sent())
	}
}

func TestReading_FaultAndAbsenceAreNoObstacle(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(photo.Reading{Fault: photo.TooBlurred})
	w.third.script(func(f *thirdParties) { delete(f.readings, photo.Back) })
	p, path := w.appellant(t)
	p.agreesToReading(t, path)
	front, back := p.uploaded(t, path, "document_front"), p.uploaded(t, path, "document_back")
	blurred := p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "")
	if blurred.text(t, "reading", "fault") != "too_blurred" || blurred.text(t, "reading", "fault_text") == "" {
		t.Errorf("got %s", blurred.body)
	}
	p.call(t, http.MethodPost, front+"/reading/confirmation", object{"name": "张三"}).want(t, http.StatusConflict, "appeal_closed")
	if away := p.call(t, http.MethodPost, back+"/reading", nil).want(t, http.StatusOK, ""); away.text(t, "reading", "state") != "not_read" {
		t.Errorf("got %s", away.body)
	}
	holding := p.uploaded(t, path, "holding_document")
	p.call(t, http.MethodPost, holding+"/reading", nil).want(t, http.StatusConflict, "appeal_closed")
	p.uploads(t, path, "failure_video", video(t))
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": "请再看"}).want(t, http.StatusOK, "")
	p.call(t, http.MethodPost, front+"/reading", nil).want(t, http.StatusOK, "") // what became of it
	if w.sent() != 2 {
		t.Errorf("%d photos were sent, want both sides once and the person never", w.sent())
	}
}

func TestReading_ReviewersSeeWhatDiffers(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.reads(misread())
	c := newReview(t, w)
	p, path := w.appellant(t)
	p.agreesToReading(t, path)
	front, back := p.uploaded(t, path, "document_front"), p.uploaded(t, path, "document_back")
	for _, material := range []string{front, back} {
		p.call(t, http.MethodPost, material+"/reading", nil).want(t, http.StatusOK, "")
	}
	p.uploaded(t, path, "holding_document")
	p.uploads(t, path, "failure_video", video(t))
	at := front + "/reading/confirmation"
	for _, bad := range []object{{"name": "<b>"}, {"number": "110105194912310021"}, {"valid_from": "2015-03-01"}, {"valid_until": "2015-03-01"}, {"valid_from": "2035-03-01", "valid_until": "2015-03-01"}} {
		p.call(t, http.MethodPost, at, bad).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
	got := p.call(t, http.MethodPost, at, object{"name": zhangName}).want(t, http.StatusOK, "")
	if corrected, _ := got.json(t)["reading"].(object)["corrected"].([]any); len(corrected) != 1 || corrected[0] != "name" || strings.Contains(string(got.body), zhangName) {
		t.Errorf("got %s", got.body)
	}
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": wordsOfTheAppeal}).want(t, http.StatusOK, "")
	p.call(t, http.MethodPost, at, object{}).want(t, http.StatusConflict, "appeal_closed")
	page := c.SignedIn(t, "reviewer").Open("/appeals/"+strings.TrimPrefix(path, "/v1/appeals/")).Want(http.StatusOK, "masked").WantNot("张三非", zhangName)
	page.Submit("/appeals/"+strings.TrimPrefix(path, "/v1/appeals/")+"/reveal", nil).
		Want(http.StatusOK, "张三非", zhangName, "corrected", "differs from what was read", "same as the correction", "Looks like a copy on paper", "There is a reflection", "2015-03-01 – 2035-03-01", "北京市公安局朝阳分局")
	t.Log("as documented: reviewers see what was read, what the person says, and what differs from what was typed, after that is recorded")
	w.decided(t, path, appeal.Stands)
	p.call(t, http.MethodDelete, path+"/reading-consent", nil).want(t, http.StatusNoContent, "")
	if kept := p.get(t, path).want(t, http.StatusOK, ""); !slices.ContainsFunc(kept.list(t, "materials"), func(m object) bool { return m["reading"] != nil }) {
		t.Errorf("what was decided on is gone: %s", kept.body)
	}
}
