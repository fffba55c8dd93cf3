package main

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

// readPhotos has photos of a resident ID read in an appeal by both recognizers, which read, misread, reject and fail, and corrects what
// was read, well and badly.
func (l *leakTest) readPhotos(t *testing.T) {
	t.Helper()
	p, _ := people.New(people.FaceDiffers, 0, time.Now()) // the sample photos show the first persons
	l.hide(t, "name", p.Name)
	l.hide(t, "number", p.Number)
	for _, validity := range []string{"2015.03.01-2035.03.01", "2010.03.01-2020.03.01", "2035-03-01", "2020-03-01"} {
		l.hide(t, "validity", validity)
	}
	session := &client{caller: caller{base: l.calls.URL, token: l.prodder(t, p)}, Person: p, fixture: l.fixture}
	session.consent(t, "access")
	about := session.begin(t, session.document())
	session.face(t, about, alipaytest.ActionPass)
	path := session.post(t, "/v1/appeals", members{"failure": "face_differs", "verification_id": about}).is(t, http.StatusCreated).header.Get("Location")
	shown := session.get(t, path).is(t, http.StatusOK)
	agreed := members{"id": shown.text(t, "reading.notice.id"), "version": shown.text(t, "reading.notice.version"), "hash": shown.text(t, "reading.notice.hash")}
	session.post(t, path+"/reading-consent", members{"notice": agreed}).is(t, http.StatusOK)
	states := map[string]int{}
	for _, sample := range []struct{ item, side, finding string }{
		{"document_front", "front", "reads"},
		{"document_front", "front", "misreads"},
		{"document_front", "front", "away"},
		{"document_front", "front", "first_away"},
		{"document_front", "front", "unreadable"},
		{"document_front", "back", "reads"},
		{"document_back", "back", "reads"},
		{"document_back", "back", "expired"},
	} {
		at := l.sendPhoto(t, session.caller, path, sample.item, url.Values{"open_id": {p.OpenID}, "side": {sample.side}, "finding": {sample.finding}})
		read := session.post(t, at+"/reading", nil).is(t, http.StatusOK)
		states[read.text(t, "reading.state")]++
		for _, said := range []members{
			{"name": p.Name, "number": p.Number, "valid_from": "2015-03-01", "valid_until": "2035-03-01"},
			{"name": p.Number},
			{"number": p.Name + "2035-03-01"},
			{"valid_from": "2035-03-01", "valid_until": "2020-03-01"},
			{p.Name: p.Number},
		} {
			session.post(t, at+"/reading/confirmation", said)
		}
	}
	if states["read"] < 6 || states["not_read"] < 1 {
		t.Errorf("got %v: the photos were not read", states)
	}
	session.remove(t, path+"/reading-consent").is(t, http.StatusNoContent)
}

// sendPhoto sends a sample photo and returns the path of the material.
func (l *leakTest) sendPhoto(t *testing.T, session caller, path, item string, which url.Values) string {
	t.Helper()
	photo := caller{base: l.URL}.get(t, "/sandbox/photo?"+which.Encode()).is(t, http.StatusOK).body
	made := session.post(t, path+"/materials", members{"item": item, "bytes": len(photo)}).is(t, http.StatusCreated)
	at := path + "/materials/" + made.text(t, "id")
	for n := 0; n*appeal.PartBytes < len(photo); n++ {
		part := photo[n*appeal.PartBytes : min(len(photo), (n+1)*appeal.PartBytes)]
		session.post(t, at+"/parts", members{"part": n, "data": base64.StdEncoding.EncodeToString(part)}).is(t, http.StatusNoContent)
	}
	if done := session.post(t, at+"/completion", nil).is(t, http.StatusOK); done.text(t, "state") != "ready" {
		t.Fatalf("got %s", done.body)
	}
	return at
}
