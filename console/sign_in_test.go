package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/staff"
)

func TestSignIn_LeadsToThePagesOfTheRoles(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	f.Browser(t).SignIn("auditor").Want(http.StatusOK, "褚卫", "Auditor", "Reveals")
	f.Browser(t).SignIn("operator").Want(http.StatusOK, "冯涛", "Operator").WantNot("/reveals")
	f.Browser(t).SignIn("nobody").Want(http.StatusForbidden, "No role in the console")
	page := f.Browser(t).Open("/reveals?before=1").Want(http.StatusOK, "Sign in to the console").Follow("/sign-in/begin")
	page = page.Submit("authorize", url.Values{"member": {"auditor"}}).Want(http.StatusOK, "There are none.")
	if page.Path != "/reveals" {
		t.Errorf("got %s, want the page that was wanted", page.Path)
	}
}

func TestSignIn_NeedsTheSecondFactor(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	begun := f.Browser(t).Open("/sign-in").Follow("/sign-in/begin")
	begun.Submit("authorize", url.Values{"member": {"auditor"}, "factor": {}}).Want(http.StatusForbidden, "A second factor is required")
}

// A sign-in belongs to the browser that began it, and its code to one use.
func TestSignIn_RejectsWhatIsNotItsOwn(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	for name, spoil := range map[string]func(claims map[string]any){
		"another issuer":   func(c map[string]any) { c["iss"] = "https://elsewhere.example" },
		"another audience": func(c map[string]any) { c["aud"] = "other" },
		"another party":    func(c map[string]any) { c["azp"] = "other" },
		"another nonce":    func(c map[string]any) { c["nonce"] = "other" },
		"no nonce":         func(c map[string]any) { delete(c, "nonce") },
		"expired":          func(c map[string]any) { c["exp"] = f.Clock.Now().Add(-time.Minute).Unix() },
		"a bad document":   func(c map[string]any) { c["document_number"] = "1" },
		"an old factor":    func(c map[string]any) { c["auth_time"] = f.Clock.Now().Add(-staff.Idle - 3*time.Minute).Unix() },
		"no time":          func(c map[string]any) { delete(c, "auth_time") },
		"no text":          func(c map[string]any) { c["document_number"] = 11010519491231002 },
	} {
		f.Identity.Change(spoil)
		if page := f.Browser(t).SignIn("auditor"); page.Status != http.StatusForbidden {
			t.Errorf("%s: got status %d", name, page.Status)
		}
	}
	// Without their own document, members who serve persons could not be kept from their own affairs.
	f.Identity.Change(func(c map[string]any) { delete(c, "document_number") })
	if page := f.Browser(t).SignIn("clerk"); page.Status != http.StatusForbidden {
		t.Errorf("a clerk without a document: got status %d", page.Status)
	}
	f.SignedIn(t, "auditor")
	f.Identity.Change(nil)
	thief, victim := f.Browser(t), f.Browser(t)
	thief.Open("/sign-in/begin")
	victim.Open("/sign-in/begin").Want(http.StatusOK)
	thief.SetCookie("__Host-staff-sign-in", "")
	page := thief.Open("/sign-in/callback?code=x&state=y").Want(http.StatusForbidden, "cookie is missing", "Allow this site to store cookies")
	page.Follow("/sign-in").Want(http.StatusOK, "Sign in to the console")
	if err := f.Identity.Rotate(); err != nil {
		t.Fatal(err)
	}
	f.SignedIn(t, "auditor") // by the provider's new key
}

func TestSession_EndsIdleSignedOutAndByTheBackChannel(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	idle, out, ended, other := f.SignedIn(t, "auditor"), f.SignedIn(t, "officer"), f.SignedIn(t, "operator"), f.SignedIn(t, "clerk")
	token := out.Cookie("__Host-staff")
	out.Open("/").Submit("/sign-out", nil).Want(http.StatusOK, "Signed out", "Sign out of the identity provider too")
	out.SetCookie("__Host-staff", token)
	out.Open("/").Want(http.StatusOK, "Sign in to the console")
	if code, err := f.Identity.Logout(t.Context(), "operator"); code != http.StatusOK || err != nil {
		t.Errorf("the logout token: got %d, %v", code, err)
	}
	ended.Open("/").Want(http.StatusOK, "Sign in to the console")
	for range 5 {
		f.Clock.Move(staff.Idle - time.Minute)
		other.Open("/").Want(http.StatusOK, "周敏")
	}
	idle.Open("/").Want(http.StatusOK, "Sign in to the console")
	f.Clock.Move(staff.Absolute)
	other.Open("/").Want(http.StatusOK, "Sign in to the console")
}

func TestBackChannel_RejectsForgedTokens(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	b := f.SignedIn(t, "auditor")
	for name, claims := range map[string]map[string]any{
		"another audience":  {"sub": "auditor", "aud": "other"},
		"another issuer":    {"sub": "auditor", "iss": "https://elsewhere.example"},
		"expired":           {"sub": "auditor", "exp": f.Clock.Now().Add(-time.Minute).Unix()},
		"no event":          {"sub": "auditor", "events": map[string]any{}},
		"with a nonce":      {"sub": "auditor", "nonce": "n"},
		"nobody":            {},
		"without an id":     {"sub": "auditor", "jti": nil},
		"without an expiry": {"sub": "auditor", "exp": nil},
	} {
		token, err := f.Identity.LogoutToken(claims)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.PostForm(f.URL+"/backchannel-logout", url.Values{"logout_token": {token}})
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusBadRequest || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: got status %d", name, answer.StatusCode)
		}
	}
	b.Open("/").Want(http.StatusOK, "褚卫")
}

func TestForms_AreAcceptedFromPagesOfThisSessionOnly(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	b, other := f.SignedIn(t, "auditor"), f.SignedIn(t, "auditor")
	b.Post("/sign-out", url.Values{}).Want(http.StatusForbidden, "Nothing was done")
	b.Post("/sign-out", url.Values{"form_token": {"x"}}).Want(http.StatusForbidden, "Nothing was done")
	body := other.Open("/").Body
	_, rest, _ := strings.Cut(body, `name="form_token" value="`)
	theirs, _, _ := strings.Cut(rest, `"`)
	b.Post("/sign-out", url.Values{"form_token": {theirs}}).Want(http.StatusForbidden, "Nothing was done")
	for name, header := range map[string][2]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "the same site": {"Sec-Fetch-Site", "same-site"},
		"another origin": {"Origin", "https://evil.example"}, "no header": {"", ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL+"/sign-out", strings.NewReader("form_token="+theirs))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if header[0] != "" {
			r.Header.Set(header[0], header[1])
		}
		r.AddCookie(&http.Cookie{Name: "__Host-staff", Value: other.Cookie("__Host-staff")})
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("from %s: got status %d", name, answer.StatusCode)
		}
	}
	other.Open("/").Want(http.StatusOK, "褚卫")
}

func TestPages_HaveNoScriptAndAreNotStored(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	b := f.SignedIn(t, "auditor")
	for _, path := range []string{"/", "/reveals", "/sign-in", "/nothing"} {
		page := b.Open(path).WantNot("<script", "onclick", "style=\"")
		policy := page.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") ||
			strings.Contains(policy, "script-src") || page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: got the headers %v", path, page.Header)
		}
	}
	if text := f.Logs.String(); strings.Contains(text, "褚卫") || strings.Contains(text, b.Cookie("__Host-staff")) || !strings.Contains(text, "stf_") {
		t.Error("the log has a name or a token, or no id of the member")
	}
}

func TestLanguage_IsChosenAndKept(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	b := f.SignedIn(t, "auditor")
	page := b.Open("/reveals").Submit("/language", url.Values{"language": {"zh-Hans"}}).Want(http.StatusOK, "工作人员查看个人信息的记录", "审计人员")
	if page.Path != "/reveals" || page.Header.Get("Content-Language") != "zh-Hans" {
		t.Errorf("got %s in %s, want the same page", page.Path, page.Header.Get("Content-Language"))
	}
	for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`} {
		if page = b.Open("/").Submit("/language", url.Values{"next": {next}}); page.Path != "/" {
			t.Errorf("next=%s leads to %s", next, page.Path)
		}
	}
}
