package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"renzheng/providers/wechat/wechattest"
	"renzheng/sql/storetest"
	"renzheng/support"
	"renzheng/test/harness"
	"renzheng/test/people"
)

const (
	serviceApp  = "wx0000000000000002"
	serviceGate = "/callbacks/wechat"
)

// pusherTo is WeChat's server towards one replica.
func (s *fixture) pusherTo(t *testing.T, replica int) *wechattest.Pusher {
	t.Helper()
	made, err := s.WeChat.Pusher(wechattest.PushConfig{
		AppID: serviceApp, Account: "gh_sandbox000001", URL: s.urls[replica] + serviceGate,
		Token: s.Settings["BFF_SUPPORT_PUSH_TOKEN"], EncodingAESKey: s.Settings["BFF_SUPPORT_ENCODING_AES_KEY"],
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestSupport_AnEventIsAnsweredOnceByWhicheverReplica sends one event again and
// again, each time signed again.
func TestSupport_AnEventIsAnsweredOnceByWhicheverReplica(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		replicas := 2
		if engine.Name == "sqlite" {
			replicas = 1 // the embedded database is of one server
		}
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine, replicas: replicas})
			follower := "support-" + s.newPerson(people.Passes).OpenID
			event := s.pusherTo(t, 0).Event(follower, "CLICK", support.MenuIdentity)
			var mu sync.Mutex
			kinds := map[string]int{}
			var racing sync.WaitGroup
			for i := range 12 {
				pusher := s.pusherTo(t, i%replicas)
				racing.Go(func() {
					got, err := pusher.Deliver(t.Context(), event)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					kinds[got.Kind]++
				})
			}
			racing.Wait()
			if kinds["text"] != 1 || kinds[""] != 11 {
				t.Errorf("got %v, want one answer", kinds)
			}
		})
	}
}

// TestSupport_BelievesWeChatOnly holds the call-back of the whole program against
// what a stranger can send who has seen a push.
func TestSupport_BelievesWeChatOnly(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine})
			pusher := s.pusherTo(t, 0)
			event := pusher.Event("support-"+s.newPerson(people.Passes).OpenID, "subscribe", "")
			envelope := func() (*http.Request, []byte) {
				r, err := pusher.Request(t.Context(), event)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Fatal(err)
				}
				return r, body
			}
			send := func(query url.Values, body []byte) int {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.urls[0]+serviceGate+"?"+query.Encode(), bytes.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				got, err := http.DefaultTransport.RoundTrip(r)
				if err != nil {
					t.Fatal(err)
				}
				_ = got.Body.Close()
				return got.StatusCode
			}
			r, body := envelope()
			if got := send(r.URL.Query(), body); got != http.StatusOK {
				t.Fatalf("a push: got %d", got)
			}
			before := s.rows.picture(t)
			if got := send(r.URL.Query(), body); got != http.StatusForbidden {
				t.Errorf("replayed: got %d", got)
			}
			for name, change := range map[string]func(url.Values){
				"unsigned":            func(q url.Values) { q.Del("signature") },
				"envelope not signed": func(q url.Values) { q.Set("msg_signature", q.Get("signature")) },
				"plain": func(q url.Values) {
					q.Del("encrypt_type")
					q.Del("msg_signature")
				},
				"late": func(q url.Values) {
					q.Set("timestamp", "1700000000")
					q.Set("signature", wechattest.Sign(s.Settings["BFF_SUPPORT_PUSH_TOKEN"], "1700000000", q.Get("nonce")))
				},
			} {
				fresh, sealed := envelope()
				query := fresh.URL.Query()
				change(query)
				if name == "plain" {
					sealed = event
				}
				if got := send(query, sealed); got != http.StatusForbidden {
					t.Errorf("%s: got %d", name, got)
				}
			}
			s.rows.same(t, before)
		})
	}
}

func TestSupportMenu_IsSetOnlyWhenTold(t *testing.T) {
	t.Parallel()
	s := newFixture(t, fixtureOptions{})
	others := filepath.Join(t.TempDir(), "menu.json")
	if err := os.WriteFile(others, []byte(`[{"Name":"网站","URL":"https://example.org/"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := s.Settings.File()
	if err != nil {
		t.Fatal(err)
	}
	var settings map[string]string
	if err = json.Unmarshal(file, &settings); err != nil {
		t.Fatal(err)
	}
	args := []string{"support", "menu", "--beside", others}
	for _, name := range []string{"database", "keys", "support.app_id", "support.app_secret", "support.push_token", "support.encoding_aes_key", "support.api"} {
		args = append(args, "--"+strings.ReplaceAll(name, "_", "-")+"="+settings[name])
	}
	if err = run(args); err != nil || s.WeChat.Menu(serviceApp) != "" {
		t.Errorf("shown only: got %v and %s", err, s.WeChat.Menu(serviceApp))
	}
	if err = run(append(args, "--yes")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{support.MenuEntry, support.MenuIdentity, "网站"} {
		if !strings.Contains(s.WeChat.Menu(serviceApp), want) {
			t.Errorf("%s is not in %s", want, s.WeChat.Menu(serviceApp))
		}
	}
}

func TestConfig_SupportProblems(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 430, 430))); err != nil {
		t.Fatal(err)
	}
	faq := []byte(`{"version":"1","entries":[{"id":"a","featured":true,"texts":{"zh-Hans":{"question":"问","answer":"答"},` +
		`"zh-Hant":{"question":"問","answer":"答"},"en":{"question":"q","answer":"a"}}}]}`)
	for name, tc := range map[string]struct {
		settings harness.Settings
		want     string
	}{
		"half an account":     {harness.Settings{"BFF_SUPPORT_PUSH_TOKEN": ""}, "BFF_SUPPORT_PUSH_TOKEN: must"},
		"a key that is none":  {harness.Settings{"BFF_SUPPORT_ENCODING_AES_KEY": "abc"}, "BFF_SUPPORT_ENCODING_AES_KEY: must"},
		"a picture of text":   {harness.Settings{"BFF_SUPPORT_QR_PICTURE": write("a.png", []byte("<svg>"))}, "BFF_SUPPORT_QR_PICTURE: must be a PNG"},
		"no picture there":    {harness.Settings{"BFF_SUPPORT_QR_PICTURE": filepath.Join(folder, "none.png")}, "BFF_SUPPORT_QR_PICTURE: reading"},
		"a long window text":  {harness.Settings{"BFF_SUPPORT_WINDOW": strings.Repeat("长", 501)}, "BFF_SUPPORT_WINDOW: must"},
		"failures unanswered": {harness.Settings{"BFF_SUPPORT_FAQ": write("faq.json", faq)}, "BFF_SUPPORT_FAQ: no answer for the failures identity_not_confirmed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settingsOf(t, validSettings(t).With(tc.settings))
			wantError(t, err, tc.want)
		})
	}
	c, err := settingsOf(t, validSettings(t).With(harness.Settings{"BFF_SUPPORT_QR_PICTURE": write("qr.png", picture.Bytes())}))
	if err != nil {
		t.Fatal(err)
	}
	if file, err := c.Support.LoadPicture(); err != nil || !bytes.Equal(file, picture.Bytes()) {
		t.Errorf("got %d bytes, %v", len(file), err)
	}
}
