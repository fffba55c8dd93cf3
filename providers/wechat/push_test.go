package wechat_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

// office is a service account behind an address that WeChat pushes to.
type office struct {
	*world

	service *wechat.ServiceAccount
	pusher  *wechattest.Pusher
	answer  func(p wechat.Push) ([]byte, error) // nil = nothing to say
	got     []wechat.Push
	errs    []error
}

func newOffice(t *testing.T) *office {
	t.Helper()
	w := newWorld(t)
	o := &office{world: w, service: w.serviceAccount(t)}
	server := httptest.NewServer(http.HandlerFunc(o.serve))
	t.Cleanup(server.Close)
	o.pusher = o.push(t, wechattest.PushConfig{AppID: serviceID, Token: pushToken, EncodingAESKey: aesKey, URL: server.URL})
	return o
}

func (o *office) push(t *testing.T, config wechattest.PushConfig) *wechattest.Pusher {
	t.Helper()
	config.Account, config.Patience = account, time.Second
	made, err := o.server.Pusher(config)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (o *office) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		echo, err := o.service.Echo(r.URL.Query())
		if err != nil {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = io.WriteString(w, echo)
		return
	}
	p, err := o.service.Receive(r.Context(), r.URL.Query(), r.Body)
	if err != nil {
		o.errs = append(o.errs, err)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	o.got = append(o.got, p)
	if o.answer == nil {
		_, _ = io.WriteString(w, wechat.NoReply)
		return
	}
	body, err := o.answer(p)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
	_, _ = w.Write(body)
}

func TestServiceAccount_Receive_readsWhatAPersonDid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	other := o.pusher.Event(supportOpenID, "VIEW", "https://example.org/")
	for _, tc := range []struct {
		name string
		do   func(ctx context.Context) (wechattest.Delivery, error)
		want wechat.Push
	}{
		{"a scan", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Scan(ctx, supportOpenID, "ticket_1")
		}, wechat.Push{Kind: wechat.PushScan, Scene: "ticket_1"}},
		{"a new follower by a code", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Subscribe(ctx, supportOpenID, "ticket_1")
		}, wechat.Push{Kind: wechat.PushSubscribe, Scene: "ticket_1"}},
		{"a new follower", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Subscribe(ctx, supportOpenID, "")
		}, wechat.Push{Kind: wechat.PushSubscribe}},
		{"a choice", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Click(ctx, supportOpenID, "faq:1")
		}, wechat.Push{Kind: wechat.PushMenu, Key: "faq:1"}},
		{"one who leaves", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Deliver(ctx, o.pusher.Event(supportOpenID, "unsubscribe", ""))
		}, wechat.Push{Kind: wechat.PushUnsubscribe}},
		{"something else", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Deliver(ctx, other)
		}, wechat.Push{Kind: wechat.PushOther}},
		{"a scene that cannot be ours", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Scan(ctx, supportOpenID, "a b")
		}, wechat.Push{Kind: wechat.PushScan}},
	} {
		if got, err := tc.do(t.Context()); err != nil || got.Tries != 1 || got.Kind != "" {
			t.Fatalf("%s: got %+v, %v, %v", tc.name, got, err, o.errs)
		}
		got := o.got[len(o.got)-1]
		if got.Kind != tc.want.Kind || got.Scene != tc.want.Scene || got.Key != tc.want.Key {
			t.Errorf("%s: got %s %q %q", tc.name, got.Kind, got.Scene, got.Key)
		}
		if got.User.Reveal() != supportOpenID || got.User.AppID != serviceID || len(got.ID) != 64 || got.At.IsZero() {
			t.Errorf("%s: got %s by %s at %s", tc.name, got.ID, got.User.AppID, got.At)
		}
	}
}

func TestServiceAccount_Receive_keepsWordsMasked(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const words = `我叫张三 <&> 11010519491231002X`
	if _, err := o.pusher.Write(t.Context(), supportOpenID, words); err != nil {
		t.Fatal(err)
	}
	got := o.got[0]
	if got.Kind != wechat.PushText || got.Words.Reveal() != words {
		t.Errorf("got %s", got.Kind)
	}
	wantMasked(t, got, "张三", supportOpenID)
}

func TestServiceAccount_Answer_isReadByWeChat(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const text = "请在光线好的地方再试。\n]]> & <b>\x00"
	o.answer = func(p wechat.Push) ([]byte, error) { return o.service.Answer(p, text) }
	got, err := o.pusher.Scan(t.Context(), supportOpenID, "ticket_1")
	if want := strings.TrimSuffix(text, "\x00"); err != nil || got.Kind != "text" || got.Text != want {
		t.Errorf("got %+v, %v", got, err)
	}
	o.answer = o.service.HandOver
	if got, err = o.pusher.Write(t.Context(), supportOpenID, "人工"); err != nil || got.Kind != "transfer_customer_service" {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, text := range map[string]string{"nothing": "\x00", "too much": strings.Repeat("a", 2049)} {
		if _, err := o.service.Answer(o.got[0], text); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestServiceAccount_Receive_knowsAnEventAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	scan, text := o.pusher.Event(supportOpenID, "SCAN", "ticket_1"), o.pusher.Text(supportOpenID, "你好")
	for range 3 {
		for _, message := range [][]byte{scan, text} {
			if _, err := o.pusher.Deliver(t.Context(), message); err != nil {
				t.Fatal(err)
			}
		}
	}
	ids := map[string]int{}
	for _, p := range o.got {
		ids[p.ID]++
	}
	if len(o.got) != 6 || len(ids) != 2 {
		t.Errorf("got %d pushes of %d events, want 6 of 2", len(o.got), len(ids))
	}
}

func TestServiceAccount_Receive_refuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	scan := o.pusher.Event(supportOpenID, "SCAN", "ticket_1")
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			query := r.URL.Query()
			query.Set(name, value)
			r.URL.RawQuery = query.Encode()
		}
	}
	body := func(text string) func(*http.Request) {
		return func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(text)) }
	}
	for name, tc := range map[string]struct {
		change func(*http.Request)
		want   error
	}{
		"plain text by its type":       {set("encrypt_type", "raw"), wechat.ErrPushPlain},
		"no type":                      {set("encrypt_type", ""), wechat.ErrPushPlain},
		"no signature of the envelope": {set("msg_signature", ""), wechat.ErrPushPlain},
		"plain text in the body":       {body(string(scan)), wechat.ErrPushMalformed},
		"another envelope":             {body("<xml><Encrypt>AAAA</Encrypt></xml>"), wechat.ErrPushUnsigned},
		"another signature":            {set("signature", strings.Repeat("0", 40)), wechat.ErrPushUnsigned},
		"another envelope's signature": {set("msg_signature", strings.Repeat("0", 40)), wechat.ErrPushUnsigned},
		"another nonce":                {set("nonce", "123"), wechat.ErrPushUnsigned},
		"another time":                 {set("timestamp", "1"), wechat.ErrPushUnsigned},
		"no nonce":                     {set("nonce", ""), wechat.ErrPushMalformed},
		"a nonce without end":          {set("nonce", strings.Repeat("1", 49)), wechat.ErrPushMalformed},
		"no body":                      {body(""), wechat.ErrPushMalformed},
		"a body without end":           {body("<xml>" + strings.Repeat(" ", 65<<10)), wechat.ErrPushMalformed},
		"two envelopes":                {body("<xml><Encrypt>A</Encrypt><Encrypt>B</Encrypt></xml>"), wechat.ErrPushMalformed},
		"a document type":              {body(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>`), wechat.ErrPushMalformed},
		"an entity":                    {body(`<xml><Encrypt>&e;</Encrypt></xml>`), wechat.ErrPushMalformed},
		"a document after the first":   {body(`<xml><Encrypt>A</Encrypt></xml><xml/>`), wechat.ErrPushMalformed},
	} {
		request, err := o.pusher.Request(t.Context(), scan)
		if err != nil {
			t.Fatal(err)
		}
		tc.change(request)
		if _, err = o.service.Receive(t.Context(), request.URL.Query(), request.Body); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
}

func TestServiceAccount_Receive_takesAPushOnceAndInTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	request, err := o.pusher.Request(t.Context(), o.pusher.Event(supportOpenID, "SCAN", "ticket_1"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(request.Body)
	if err != nil {
		t.Fatal(err)
	}
	receive := func() error {
		_, err := o.service.Receive(t.Context(), request.URL.Query(), strings.NewReader(string(text)))
		return err
	}
	if err := receive(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait time.Duration
		want error
	}{
		{0, wechat.ErrPushReplayed},
		{4 * time.Minute, wechat.ErrPushReplayed},
		{2 * time.Minute, wechat.ErrPushLate},
		{-13 * time.Minute, wechat.ErrPushLate},
	} {
		o.pass(step.wait)
		if err := receive(); !errors.Is(err, step.want) {
			t.Errorf("after %s: got %v, want %v", step.wait, err, step.want)
		}
	}
}

func TestServiceAccount_Receive_opensForThisApplicationOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ appID, message string }{
		"another application":     {appID, string(o.pusher.Event(supportOpenID, "SCAN", "x"))},
		"no application":          {"", string(o.pusher.Event(supportOpenID, "SCAN", "x"))},
		"no XML":                  {serviceID, "hello"},
		"nobody's message":        {serviceID, "<xml><CreateTime>1</CreateTime></xml>"},
		"a message without time":  {serviceID, "<xml><FromUserName>a</FromUserName><ToUserName>b</ToUserName></xml>"},
		"a message with a type":   {serviceID, "<!DOCTYPE xml><xml></xml>"},
		"a message without limit": {serviceID, "<xml>" + strings.Repeat("<a>", 20)},
	} {
		envelope, err := wechattest.Seal(key, tc.appID, []byte(tc.message))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = o.service.Receive(t.Context(), signedQuery(o, envelope), bodyOf(envelope)); !errors.Is(err, wechat.ErrPushMalformed) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestServiceAccount_Receive_failsWithItsStore(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	broken := errors.New("store is down")
	o.memory.Fail(broken)
	request, err := o.pusher.Request(t.Context(), o.pusher.Event(supportOpenID, "SCAN", "x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = o.service.Receive(t.Context(), request.URL.Query(), request.Body); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestServiceAccount_Echo_answersWeChatOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if got, err := o.pusher.Check(t.Context(), "8123456789"); err != nil || got != "8123456789" {
		t.Errorf("got %q, %v", got, err)
	}
	for name, query := range map[string]url.Values{
		"unsigned": {"timestamp": {"1"}, "nonce": {"1"}, "signature": {"x"}, "echostr": {"1"}},
		"empty":    {},
		"late": {
			"timestamp": {"1"}, "nonce": {"1"}, "signature": {wechattest.Sign(pushToken, "1", "1")},
			"echostr": {"1"},
		},
	} {
		if got, err := o.service.Echo(query); err == nil || got != "" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if got, err := o.pusher.Check(t.Context(), "<script>"); err == nil || got != "" {
		t.Errorf("a page: got %q, %v", got, err)
	}
}
