package harness_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/support"
	"renzheng/test/harness"
	"renzheng/test/people"
)

func newSandbox(t *testing.T, o harness.Options) *harness.Sandbox {
	t.Helper()
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	w, err := harness.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func TestNew_StaysOnThisMachine(t *testing.T) {
	t.Parallel()
	taken := newSandbox(t, harness.Options{})
	for name, tc := range map[string]struct{ listen, want string }{
		"an address of the network": {"0.0.0.0:0", "not loopback"},
		"a name":                    {"example.com:80", "not loopback"},
		"no port":                   {"127.0.0.1", "HOST:PORT"},
		"an address that is taken":  {strings.TrimPrefix(taken.URL, "http://"), "another program"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := harness.New(t.Context(), harness.Options{Data: t.TempDir(), Listen: tc.listen})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func TestNew_KeepsKeysAndShowsThemToNobody(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	newSandbox(t, harness.Options{Data: folder})
	first, err := os.ReadFile(filepath.Join(folder, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	newSandbox(t, harness.Options{Data: folder})
	second, err := os.ReadFile(filepath.Join(folder, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	if string(first) != string(second) {
		t.Error("the second run made other keys, want those of the first")
	}
	for _, name := range []string{"keys.json", "registries.json"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("%s has mode %o, want 600", name, got)
		}
	}
}

func TestSandbox_AuthorityHasALogo(t *testing.T) {
	t.Parallel()
	path := newSandbox(t, harness.Options{}).Settings["BFF_AUTHORITY_LOGO"]
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err = support.CheckPicture(file); err != nil {
		t.Errorf("%s: got %v, want a picture that the server accepts", path, err)
	}
}

func TestSettings_FileHasTheNamesOfTheFlags(t *testing.T) {
	t.Parallel()
	file, err := harness.Settings{
		"BFF_LISTEN": "a", "BFF_REQUESTS_PER_MIN": "b", "BFF_ALIPAY_APP_ID": "c", "BFF_TENCENTCLOUD_SECRET_KEY": "d",
		"BFF_WECHAT_APP_ID": "e", "BFF_ALIBABACLOUD_ENDPOINT": "f", "BFF_AGENCY_URL": "g",
	}.File()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(file, &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"listen": "a", "requests_per_min": "b", "alipay.app_id": "c", "tencentcloud.secret_key": "d",
		"wechat.app_id": "e", "alibabacloud.endpoint": "f", "agency.url": "g",
	} {
		if got[key] != want {
			t.Errorf("%s: got %q, want %q", key, got[key], want)
		}
	}
}

func TestSandbox_PagesSayThatTheyAreSimulated(t *testing.T) {
	t.Parallel()
	w := newSandbox(t, harness.Options{})
	for _, path := range []string{"/", "/registry/"} {
		page := get(t, w.URL+path)
		if !strings.Contains(page, "模拟") || !strings.Contains(strings.ToLower(page), "real") {
			t.Errorf("%s does not say that it is simulated", path)
		}
	}
	index := get(t, w.URL+"/")
	for _, p := range append(people.Listed(time.Now()), people.Holders(time.Now())...) {
		if !strings.Contains(index, p.Name) || !strings.Contains(index, p.Typed) {
			t.Errorf("the index does not show the person of fate %s with %s", p.Fate, p.Form)
		}
	}
}

func TestNew_RejectsRegistriesThatCannotJoin(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	newSandbox(t, harness.Options{Data: folder})
	sample, err := os.ReadFile(filepath.Join(folder, "registries.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ file, want string }{
		"no JSON":                     {"registries", "reading the file of more registries"},
		"the id of the simulated one": {string(sample), "adding more registries"},
	} {
		_, err := harness.New(t.Context(), harness.Options{Data: t.TempDir(), Registries: []byte(tt.file)})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}

// TestSandbox_AdoptsCodesOfDeveloperTools signs in with codes that the simulated WeChat did not issue.
func TestSandbox_AdoptsCodesOfDeveloperTools(t *testing.T) {
	t.Parallel()
	w := newSandbox(t, harness.Options{})
	signIn := func(code string) string {
		return get(t, w.URL+"/sns/jscode2session?"+url.Values{
			"appid": {w.Settings["BFF_WECHAT_APP_ID"]}, "secret": {w.Settings["BFF_WECHAT_APP_SECRET"]},
			"js_code": {code}, "grant_type": {"authorization_code"},
		}.Encode())
	}
	adopt := func(openID string, want int) {
		t.Helper()
		answer, err := http.PostForm(w.URL+"/sandbox/ide", url.Values{"open_id": {openID}})
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("choosing %q: got %d, want %d", openID, answer.StatusCode, want)
		}
	}
	for _, step := range []struct{ adopter, code, want string }{
		{"", "of-a-tool-1", "40029"},
		{"sandbox-01-0", "of-a-tool-1", `"openid":"sandbox-01-0"`},
		{"sandbox-01-0", "of-a-tool-1", "40163"}, // used
		{"sandbox-02-0", "of-a-tool-2", `"openid":"sandbox-02-0"`},
		{"", "of-a-tool-3", "40029"},
	} {
		adopt(step.adopter, http.StatusOK)
		if got := signIn(step.code); !strings.Contains(got, step.want) {
			t.Errorf("%s for %q: got %s, want %s", step.code, step.adopter, got, step.want)
		}
	}
	adopt("somebody", http.StatusNotFound)
}

func TestSandbox_ASiteOfSomebodyElseCannotPress(t *testing.T) {
	t.Parallel()
	w := newSandbox(t, harness.Options{})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+"/sandbox/people/sandbox-01-0/case", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://example.com")
	answer, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("got %d, want 403", answer.StatusCode)
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: got %d, %v", address, answer.StatusCode, err)
	}
	return string(page)
}

func TestStart_SaysThatAServerDidNotCome(t *testing.T) {
	t.Parallel()
	w := newSandbox(t, harness.Options{})
	for name, program := range map[string]harness.Program{
		"no such binary":                  {Path: filepath.Join(t.TempDir(), "missing")},
		"a server that ends at once":      {Serve: func(context.Context, harness.Settings) error { return nil }},
		"a binary that is none of ours":   {Path: "/bin/true"},
		"a server that cannot be started": {Serve: func(context.Context, harness.Settings) error { return io.ErrUnexpectedEOF }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program.Listen = "127.0.0.1:1" // nobody answers there
			if _, err := w.Start(t.Context(), program); err == nil {
				t.Error("got no error, want one")
			}
		})
	}
}
