package wechat_test

import (
	"context"
	"errors"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/wechat/wechattest"
	"renzheng/session"
)

// The SDK's root package takes over a process-wide logger, its server prints
// messages; one file shows all that is used of it.
func TestSDK_isKnownByOneFileOnly(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			path, isSDK := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "github.com/silenceper/wechat/v2")
			if !isSDK {
				continue
			}
			if file != "sdk.go" || path == "" || strings.Contains(path, "server") || strings.Contains(path, "cache") {
				t.Errorf("%s imports %q of the SDK", file, path)
			}
		}
	}
}

func TestSDK_clientOfTheProcessLetsNothingOutByItself(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.client(t)
	for _, address := range []string{
		"https://api.weixin.qq.com/cgi-bin/token?secret=" + appSecret,
		"https://api.weixin.qq.com/sns/jscode2session?secret=&access_token=",
		w.address + "/sns/jscode2session",
		"https://example.org/",
	} {
		if _, err := util.HTTPGetContext(t.Context(), address); err == nil {
			t.Errorf("%s: the SDK's client sent it", address)
		}
	}
	if _, err := util.PostJSONContext(t.Context(), "https://api.weixin.qq.com/x?access_token=t", "{}"); err == nil {
		t.Error("the SDK's client sent a body")
	}
}

func TestSDK_callsWithoutAContextEndWithTheirCaller(t *testing.T) {
	t.Parallel()
	for name, tc := range sdkCalls() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout, w.service.Timeout = 30*time.Second, 30*time.Second
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			w.server.Break(tc.path, wechattest.Fault{Hang: true})
			done := make(chan error, 1)
			go func() { done <- tc.do(ctx, t, w) }()
			w.await(t, tc.path, done)
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want %v", err, context.Canceled)
			}
		})
	}
}

func TestSDK_callsEndInTime(t *testing.T) {
	t.Parallel()
	for name, tc := range sdkCalls() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout, w.service.Timeout = 200*time.Millisecond, 200*time.Millisecond
			w.server.Break(tc.path, wechattest.Fault{Hang: true})
			if err := tc.do(t.Context(), t, w); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
			}
		})
	}
}

// Errors of the SDK carry the address with secret and token in it, and WeChat's
// sentence; ours carry neither, nor what was asked.
func TestSDK_errorsTellNoSecret(t *testing.T) {
	t.Parallel()
	faults := map[string]wechattest.Fault{
		"a page":     {Status: 502},
		"garbage":    {Body: []byte(`{"errcode":"x"`)},
		"a sentence": {Body: []byte(`{"errcode":40013,"errmsg":"张三 ` + appSecret + ` rid: 1234-abcd"}`)},
		"no line":    {Drop: true},
		"a redirect": {Location: "https://example.org/"},
		"null":       {Body: []byte(`null`)},
		"a text":     {Body: []byte(`"ok"`)},
		"too much":   {Body: []byte(strings.Repeat(" ", 5<<20))},
	}
	for name, tc := range sdkCalls() {
		for what, fault := range faults {
			t.Run(name+" answered by "+what, func(t *testing.T) {
				t.Parallel()
				w := newFixture(t)
				w.server.Break(tc.path, fault)
				err := tc.do(t.Context(), t, w)
				var failed *kit.CallError
				if !errors.As(err, &failed) || failed.Provider != "wechat" || failed.Call != tc.path {
					t.Fatalf("got %v", err)
				}
				wantNoSecret(t, w, err)
				if what == "a sentence" && (failed.Code != "40013" || failed.RequestID != "1234-abcd") {
					t.Errorf("got code %s, rid %q", failed.Code, failed.RequestID)
				}
			})
		}
	}
}

func TestSDK_successIsJudgedByTheCode(t *testing.T) {
	t.Parallel()
	for body, good := range map[string]bool{
		`{"errcode":0,"errmsg":"ok","ticket":"T"}`:           true, // the SDK takes errmsg for an error
		`{"ticket":"T","expire_seconds":60}`:                 true,
		`{"errcode":"0","ticket":"T","expire_seconds":"60"}`: true,  // the SDK takes numbers only
		`{"errcode":40013,"errmsg":"","ticket":"T"}`:         false, // the SDK sees no error
		`{"errcode":"40013","ticket":"T"}`:                   false,
		`{"errcode":0,"errmsg":"ok"}`:                        false,
		`null`:                                               false, // the SDK panics
	} {
		w := newFixture(t)
		w.service.Transport = canned{callQR: []byte(body), callQRPicture: fakes.Portrait("x", "y")}
		_, err := w.serviceAccount(t).QRCode(t.Context(), "scene", time.Hour)
		if (err == nil) != good {
			t.Errorf("%s: got %v, want good: %t", body, err, good)
		}
	}
}

func TestSDK_neverSeesACodeThatWritesIntoTheAddress(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	for _, code := range []string{"", "x&secret=y", "a b", "a#b", "码", "a%26", strings.Repeat("a", 129), "a\n"} {
		if _, err := client.Authorize(t.Context(), code); !errors.Is(err, session.ErrCodeInvalid) {
			t.Errorf("%q: got %v, want %v", code, err, session.ErrCodeInvalid)
		}
	}
	if got := w.server.Calls(callSession); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

func TestSDK_servesManyApplicationsAtOnce(t *testing.T) {
	t.Parallel()
	done := make(chan error)
	for range 4 {
		w := newFixture(t) // each has a WeChat of its own
		client, service := w.client(t), w.serviceAccount(t)
		go func() {
			var problems []error
			for range 5 {
				_, err := client.Authorize(t.Context(), w.server.IssueCode(ownerOpenID))
				_, qrErr := service.QRCode(t.Context(), "scene", time.Hour)
				problems = append(problems, err, qrErr)
			}
			done <- errors.Join(problems...)
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
