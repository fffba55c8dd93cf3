package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/providers/wechat/wechattest"
	"renzheng/support"
)

func TestCallback_AnswersAScanWithTheRemedy(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	p := w.login(t, "zhang")
	ticket := p.ask(t, object{"failure": "face_differs"}).want(t, http.StatusCreated, "")
	id, code := ticket.text(t, "id"), ticket.text(t, "code")
	says := func(what string, got wechattest.Delivery, err error, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if err != nil || got.Kind != "text" || !strings.Contains(got.Text, part) {
				t.Errorf("%s: got %+v, %v, want %q", what, got, err, part)
			}
		}
	}
	got, err := w.pushes.Subscribe(t.Context(), follower, id)
	says("a code, before following", got, err, code, "人脸比对未通过")
	got, err = w.pushes.Click(t.Context(), follower, support.MenuIdentity)
	says("the menu", got, err, code, "人脸比对未通过")
	got, err = w.pushes.Write(t.Context(), follower, "收不到短信验证码")
	says("a question", got, err, "收不到短信验证码怎么办")
	got, err = w.pushes.Write(t.Context(), follower, "2")
	says("a number", got, err, "哪些证件可以在线核验")
	got, err = w.pushes.Write(t.Context(), follower, "今晚吃什么")
	says("anything else", got, err, "1. ", "人工")
	if state := p.get(t, "/v1/support/tickets/"+id).text(t, "state"); state != "attached" {
		t.Errorf("got state %s", state)
	}
	if got, err = w.pushes.Write(t.Context(), follower, "转人工"); err != nil || got.Kind != "transfer_customer_service" {
		t.Errorf("got %+v, %v", got, err)
	}
	if state := p.get(t, "/v1/support/tickets/"+id).text(t, "state"); state != "handed_over" {
		t.Errorf("got state %s", state)
	}
	got, err = w.pushes.Write(t.Context(), otherFollower, strings.ToLower(code))
	says("the code, by somebody else", got, err, code, "人脸比对未通过")
	got, err = w.pushes.Scan(t.Context(), otherFollower, "tkt_00000000000000000000000000000000")
	says("a ticket that is none", got, err, "已结束")
	got, err = w.pushes.Scan(t.Context(), otherFollower, "common")
	says("the common code", got, err, "您好")
	if got, err = w.pushes.Deliver(t.Context(), w.pushes.Event(follower, "unsubscribe", "")); err != nil || got.Kind != "" {
		t.Errorf("leaving: got %+v, %v", got, err)
	}
	for _, secret := range []string{follower, "今晚吃什么", id} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

func TestCallback_RefusesWhatIsNotWeChats(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	id := w.login(t, "zhang").ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
	scan := w.pushes.Event(follower, "SCAN", id)
	changed := func(change func(url.Values)) *http.Request {
		r := w.pushed(t, scan)
		query := r.URL.Query()
		change(query)
		r.URL.RawQuery = query.Encode()
		return r
	}
	plain := func(query url.Values) *http.Request {
		r := w.pushed(t, scan)
		plain, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL.String(), strings.NewReader(string(scan)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"encrypt_type", "msg_signature"} {
			query.Del(name)
		}
		plain.URL.RawQuery = query.Encode()
		return plain
	}
	spent := w.pushed(t, w.pushes.Event(follower, "unsubscribe", ""))
	w.post(t, spent.Clone(t.Context())).want(t, http.StatusOK, "")
	late := w.pushed(t, scan)
	other, err := w.wechat.Pusher(wechattest.PushConfig{
		AppID: "wx00000000000000cc", Account: serviceName, URL: w.urls[0], Token: pushToken, EncodingAESKey: aesKey,
	})
	if err != nil {
		t.Fatal(err)
	}
	otherApp, err := other.Request(t.Context(), scan)
	if err != nil {
		t.Fatal(err)
	}
	replayed := w.pushed(t, scan)
	replayed.URL = spent.URL
	before := w.content(t)
	for name, r := range map[string]*http.Request{
		"plain text":             plain(w.pushed(t, scan).URL.Query()),
		"plain text, unsigned":   plain(url.Values{}),
		"plain, said to be aes":  changed(func(q url.Values) { q.Del("msg_signature") }),
		"unsigned":               changed(func(q url.Values) { q.Del("signature") }),
		"signed by another":      changed(func(q url.Values) { q.Set("signature", wechattest.Sign("other", q.Get("timestamp"), q.Get("nonce"))) }),
		"another envelope":       changed(func(q url.Values) { q.Set("msg_signature", wechattest.Sign("other")) }),
		"another nonce":          changed(func(q url.Values) { q.Set("nonce", "1") }),
		"for another account":    otherApp,
		"an address used before": replayed,
	} {
		w.post(t, r).want(t, http.StatusForbidden, "push_refused")
		if w.content(t) != before {
			t.Fatalf("%s: something was changed", name)
		}
	}
	w.pass(6 * time.Minute)
	w.post(t, late).want(t, http.StatusForbidden, "push_refused")
	if w.content(t) != before {
		t.Error("late: something was changed")
	}
}

func TestCallback_RefusesAReplay(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	id := w.login(t, "zhang").ask(t, object{}).want(t, http.StatusCreated, "").text(t, "id")
	first := w.pushed(t, w.pushes.Event(follower, "SCAN", id))
	w.post(t, again(t, first)).want(t, http.StatusOK, "")
	before := w.content(t)
	for _, api := range w.apis {
		w.api = api
		w.post(t, again(t, first)).want(t, http.StatusForbidden, "push_refused")
	}
	if w.content(t) != before {
		t.Error("something was changed")
	}
}

// again returns a request as it would be sent once more.
func again(t *testing.T, r *http.Request) *http.Request {
	t.Helper()
	body, err := r.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	copied := r.Clone(t.Context())
	copied.Body = body
	return copied
}

func TestCallback_AnswersAnEventOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	for name, message := range map[string][]byte{
		"an event": w.pushes.Event(follower, "CLICK", support.MenuFAQ), "a text": w.pushes.Text(follower, "护照"),
	} {
		var mu sync.Mutex
		kinds := map[string]int{}
		var racing sync.WaitGroup
		for i := range 6 { // signed anew each time, to both replicas at once
			pusher := w.pusherTo(t, w.urls[i%2])
			racing.Go(func() {
				got, err := pusher.Deliver(t.Context(), message)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				kinds[got.Kind]++
			})
		}
		racing.Wait()
		if kinds["text"] != 1 || kinds[""] != 5 {
			t.Errorf("%s: got %v, want one answer", name, kinds)
		}
	}
}

func TestCallback_BoundsTheBody(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	r := w.pushed(t, []byte(strings.Repeat("a", 64<<10)))
	w.post(t, r).want(t, http.StatusRequestEntityTooLarge, "body_too_large")
	empty := w.pushed(t, nil)
	empty.Body, empty.ContentLength = http.NoBody, 0
	w.post(t, empty).want(t, http.StatusBadRequest, "body_malformed")
}

func TestCallback_EchoesToWeChatOnly(t *testing.T) {
	t.Parallel()
	w := newSupportFixture(t)
	if got, err := w.pushes.Check(t.Context(), "8123456789"); err != nil || got != "8123456789" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, query := range []string{"", "?signature=x&timestamp=1&nonce=1&echostr=1"} {
		w.send(t, request{method: http.MethodGet, path: "/callbacks/wechat" + query}).want(t, http.StatusForbidden, "push_refused")
	}
}

// FuzzCallback posts what a stranger may, who holds an address that WeChat once
// signed, and what WeChat may: any message, signed and encrypted.
func FuzzCallback(f *testing.F) {
	w := newSupportFixture(f)
	signed := w.pushed(f, w.pushes.Event(follower, "SCAN", "x"))
	f.Add(signed.URL.RawQuery, []byte("<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>"), false)
	f.Add("encrypt_type=aes&msg_signature=x&timestamp=1&nonce=1&signature=x", []byte("<xml/>"), false)
	f.Add("", []byte{}, false)
	for _, message := range [][]byte{
		w.pushes.Event(follower, "SCAN", "tkt_00000000000000000000000000000000"), w.pushes.Text(follower, "T-0000-0000 人工 9"),
		w.pushes.Event(follower, "CLICK", support.MenuIdentity), []byte("<xml><xml>"),
		{},
	} {
		f.Add("", message, true)
	}
	f.Fuzz(func(t *testing.T, query string, body []byte, fromWeChat bool) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/callbacks/wechat", strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		r.URL.RawQuery = query
		if fromWeChat {
			r = w.pushed(t, body)
		}
		got := w.post(t, r)
		if got.status >= http.StatusInternalServerError || (got.status < http.StatusBadRequest) && !fromWeChat {
			t.Errorf("got %d: %s", got.status, got.body)
		}
	})
}
