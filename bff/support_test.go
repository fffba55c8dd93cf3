package bff_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/support"
	"renzheng/verification/failure"
)

// ask opens a ticket.
func (p person) ask(tb testing.TB, body object) reply {
	tb.Helper()
	return p.w.send(tb, request{method: http.MethodPost, path: "/v1/support/tickets", token: p.token, body: body})
}

func (p person) get(tb testing.TB, path string) reply {
	tb.Helper()
	return p.w.send(tb, request{method: http.MethodGet, path: path, token: p.token})
}

func TestTicket_IsOneHoweverOftenAsked(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	p := w.login(t, "zhang")
	first := p.ask(t, object{"failure": "face_differs", "document_type": "resident_id", "purpose": "access"}).want(t, http.StatusCreated, "")
	again := p.ask(t, object{"failure": "card_differs"}).want(t, http.StatusOK, "")
	id := first.text(t, "id")
	if again.text(t, "id") != id || again.text(t, "failure") != "card_differs" || again.text(t, "document_type") != "" {
		t.Errorf("got %s", again.body)
	}
	if first.header.Get("Location") != "/v1/support/tickets/"+id || first.text(t, "article", "id") != "face_differs" {
		t.Errorf("got %s", first.body)
	}
	got := p.get(t, "/v1/support/tickets/"+id).want(t, http.StatusOK, "")
	if got.text(t, "state") != "open" || got.text(t, "contact", "account") != "你呼我应" ||
		got.text(t, "contact", "menu_entry") != support.MenuEntry || got.text(t, "contact", "qr") != "/v1/support/tickets/"+id+"/qr" {
		t.Errorf("got %s", got.body)
	}
	if unknown := p.ask(t, object{"failure": "of_another_release"}).want(t, http.StatusOK, ""); unknown.text(t, "failure") != "" {
		t.Errorf("got %s", unknown.body)
	}
}

func TestTicket_IsSeenByItsAccountOnly(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	id := w.login(t, "zhang").ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
	w.login(t, "zhang").get(t, "/v1/support/tickets/"+id).want(t, http.StatusOK, "") // a later login
	other := w.login(t, "li")
	for _, path := range []string{"/v1/support/tickets/" + id, "/v1/support/tickets/" + id + "/qr", "/v1/support/tickets/none"} {
		other.get(t, path).want(t, http.StatusNotFound, "not_found")
		w.send(t, request{method: http.MethodGet, path: path}).want(t, http.StatusUnauthorized, "session_required")
	}
	w.pass(8 * 24 * time.Hour)
	w.login(t, "zhang").get(t, "/v1/support/tickets/"+id).want(t, http.StatusNotFound, "not_found")
}

func TestTicket_RefusesWhatIsNoContext(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	p := w.login(t, "zhang")
	for _, body := range []object{
		{"failure": "Face Differs"},
		{"failure": strings.Repeat("a", 49)},
		{"document_type": "driver_licence"},
		{"purpose": "other"},
		{"name": zhangName},
	} {
		p.ask(t, body).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
}

func TestTicketQR_IsMadeOnceAndRenewed(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	p := w.login(t, "zhang")
	id := p.ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
	made := func() int { return w.wechat.Calls("cgi-bin/qrcode/create") }
	for _, api := range []*bff.API{w.apis[0], w.apis[1], w.apis[0]} {
		w.api = api
		got := p.get(t, "/v1/support/tickets/"+id+"/qr").want(t, http.StatusOK, "")
		if got.header.Get("Content-Type") != "image/png" || got.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(string(got.body), "\x89PNG") {
			t.Errorf("got %v of %d bytes", got.header, len(got.body))
		}
	}
	if made() != 1 || w.wechat.Scenes()[0] != id {
		t.Errorf("got %d codes with scenes %v, want one with %s", made(), w.wechat.Scenes(), id)
	}
	w.pass(24 * time.Hour)
	w.login(t, "zhang").get(t, "/v1/support/tickets/"+id+"/qr").want(t, http.StatusOK, "")
	if made() != 2 {
		t.Errorf("got %d codes after a day, want a second", made())
	}
}

func TestSupport_HelpsWithoutASession(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	get := func(path string) reply {
		got := w.send(t, request{method: http.MethodGet, path: path}).want(t, http.StatusOK, "")
		if got.header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("%s: got %s", path, got.header.Get("Cache-Control"))
		}
		return got
	}
	if got := get("/v1/support"); got.text(t, "qr") != "/v1/support/qr" || got.text(t, "service_window") == "" {
		t.Errorf("got %s", got.body)
	}
	if got := get("/v1/support/qr"); got.header.Get("Content-Type") != "image/png" {
		t.Errorf("got %v", got.header)
	}
	if got := get("/v1/support/faq"); len(got.list(t, "articles")) < 20 || got.text(t, "version") == "" {
		t.Errorf("got %d articles", len(got.list(t, "articles")))
	}
	if got := get("/v1/support/faq?q=%E4%BA%BA%E8%84%B8%E6%AF%94%E5%AF%B9").list(t, "articles"); len(got) == 0 || got[0]["id"] != "face_differs" {
		t.Errorf("got %v", got)
	}
	for _, entry := range failure.Catalogue() {
		if got := get("/v1/support/faq?failure="+string(entry.Code)).list(t, "articles"); len(got) != 1 {
			t.Errorf("%s: got %d articles", entry.Code, len(got))
		}
	}
	if got := get("/v1/support/faq?failure=unheard_of").list(t, "articles"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	for _, path := range []string{"/v1/support/faq?failure=A%20b", "/v1/support/faq?q=" + strings.Repeat("a", 101), "/v1/support/faq?name=x"} {
		w.send(t, request{method: http.MethodGet, path: path}).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
}

func TestSupport_WithoutAServiceAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	ticket := p.ask(t, object{"failure": "face_differs"}).want(t, http.StatusCreated, "")
	if ticket.text(t, "contact", "qr") != "" || ticket.text(t, "contact", "account") != "" || ticket.text(t, "contact", "service_window") == "" {
		t.Errorf("got %s", ticket.body)
	}
	p.get(t, "/v1/support/tickets/"+ticket.text(t, "id")+"/qr").want(t, http.StatusNotFound, "not_found")
	p.get(t, "/v1/support/qr").want(t, http.StatusNotFound, "not_found")
	w.send(t, request{method: http.MethodGet, path: "/callbacks/wechat?echostr=1"}).want(t, http.StatusNotFound, "not_found")
}

func TestSupport_FixedPictureStandsInForWeChat(t *testing.T) {
	t.Parallel()
	fixed := []byte("\x89PNG\r\n\x1a\nfixed")
	for name, deps := range map[string]func(d *supportFixture) support.Deps{
		"no account":       func(*supportFixture) support.Deps { return support.Deps{Fixed: fixed} },
		"one that is away": func(d *supportFixture) support.Deps { return support.Deps{Fixed: fixed, Account: d.accounts[0]} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newSupportFixture(t)
			w.breakCodes()
			w.api = w.with(t, deps(w))
			p := w.login(t, "zhang")
			id := p.ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
			for _, path := range []string{"/v1/support/qr", "/v1/support/tickets/" + id + "/qr"} {
				if got := p.get(t, path).want(t, http.StatusOK, ""); string(got.body) != string(fixed) {
					t.Errorf("%s: got %q", path, got.body)
				}
			}
		})
	}
}

func TestTicketQR_SaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	w.breakCodes()
	p := w.login(t, "zhang")
	id := p.ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
	for range 3 { // whoever presses on costs WeChat no further calls
		got := p.get(t, "/v1/support/tickets/"+id+"/qr").want(t, http.StatusServiceUnavailable, "temporarily_unavailable")
		if got.header.Get("Retry-After") == "" {
			t.Error("got no Retry-After")
		}
	}
	if n := w.wechat.Calls("cgi-bin/qrcode/create"); n != 1 {
		t.Errorf("got %d calls, want one", n)
	}
}
