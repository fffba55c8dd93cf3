package idp_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/idp"
	"renzheng/providers/idp/idptest"
	"renzheng/staff"
)

func config(issuer string) idp.Config {
	return idp.Config{
		Issuer: issuer, ClientID: "console", ClientSecret: identity.NewSecret("a secret/+"), Address: "https://console.example", AMR: []string{"otp"},
		RolesClaim: "realm_access.roles", Roles: []string{"clerk=window clerk"}, NameClaim: "name", OfficeClaim: "org.code", Timeout: 5 * time.Second, Clock: time.Now,
	}
}

// fixture is a provider with a client of it.
func fixture(t *testing.T, change func(*idp.Config)) (*idptest.Provider, *idp.Client) {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	provider, err := idptest.New(idptest.Options{
		Issuer: server.URL, ClientID: "console", ClientSecret: "a secret/+", Redirects: []string{"https://console.example" + idp.CallbackPath},
		SignedOut: "https://console.example" + idp.SignedOutPath, Members: []idptest.Member{{Subject: "1", Name: "周敏"}}, Clock: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	handler = provider
	c := config(server.URL)
	if change != nil {
		change(&c)
	}
	client, err := idp.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return provider, client
}

var begun = staff.Begun{State: "state", Nonce: "nonce", Verifier: strings.Repeat("v", 43)}

// code signs member 1 in and returns the code.
func code(t *testing.T, client *idp.Client, change func(url.Values)) string {
	t.Helper()
	address, err := client.Authorize(t.Context(), begun)
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := to.Query()
	if change != nil {
		change(query)
	}
	to.RawQuery = query.Encode()
	once := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := once.PostForm(to.String(), url.Values{"member": {"1"}, "factor": {"yes"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	back, err := url.Parse(answer.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return back.Query().Get("code")
}

func TestExchange_ReadsMappedClaims(t *testing.T) {
	t.Parallel()
	provider, client := fixture(t, nil)
	provider.Change(func(claims map[string]any) {
		claims["realm_access"] = map[string]any{"roles": []string{"window clerk", "window clerk", "auditor", "clerk", "root"}}
		claims["org.code"], claims["name"] = "320500", "<script>"
		claims["preferred_username"] = "zhoumin"
	})
	who, err := client.Exchange(t.Context(), begun, code(t, client, nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(who.Roles) != 2 || who.Roles[0] != staff.Clerk || who.Roles[1] != staff.Auditor || who.Office != "320500" || who.Name != "zhoumin" || who.SessionID == "" {
		t.Errorf("got %+v", who)
	}
}

func TestExchange_RejectsWhatTheProviderRejects(t *testing.T) {
	t.Parallel()
	_, client := fixture(t, nil)
	used := code(t, client, nil)
	if _, err := client.Exchange(t.Context(), begun, used); err != nil {
		t.Fatal(err)
	}
	other := begun
	other.Verifier = strings.Repeat("w", 43)
	for name, err := range map[string]error{
		"a used code":      second(client.Exchange(t.Context(), begun, used)),
		"another verifier": second(client.Exchange(t.Context(), other, code(t, client, nil))),
		"an unknown code":  second(client.Exchange(t.Context(), begun, "x")),
	} {
		if !errors.Is(err, staff.ErrRejected) || strings.Contains(err.Error(), used) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, change := range map[string]func(url.Values){
		"another redirect address": func(q url.Values) { q.Set("redirect_uri", "https://evil.example/") },
		"another client":           func(q url.Values) { q.Set("client_id", "other") },
		"no PKCE":                  func(q url.Values) { q.Del("code_challenge") },
		"no nonce":                 func(q url.Values) { q.Del("nonce") },
	} {
		if got := code(t, client, change); got != "" {
			t.Errorf("%s: the provider issued a code", name)
		}
	}
}

func second(_ staff.Identity, err error) error { return err }

func TestClient_TellsSettingsFromTheMember(t *testing.T) {
	t.Parallel()
	_, client := fixture(t, func(c *idp.Config) { c.ClientSecret = identity.NewSecret("wrong") })
	if _, err := client.Exchange(t.Context(), begun, code(t, client, nil)); !errors.Is(err, staff.ErrUnavailable) || errors.Is(err, staff.ErrRejected) {
		t.Errorf("a wrong secret: got %v, want the provider unavailable", err)
	}
	_, weak := fixture(t, func(c *idp.Config) { c.AMR = []string{"hwk"} })
	if _, err := weak.Exchange(t.Context(), begun, code(t, weak, nil)); !errors.Is(err, staff.ErrSecondFactor) {
		t.Errorf("another factor: got %v, want %v", err, staff.ErrSecondFactor)
	}
	away, err := idp.New(config("http://127.0.0.1:1"))
	if err != nil {
		t.Fatal(err)
	}
	if err = away.Probe(t.Context()); !errors.Is(err, staff.ErrUnavailable) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("a provider that is away: got %v", err)
	}
}

func TestConfig_ReportsEachProblem(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*idp.Config){
		"Issuer":       func(c *idp.Config) { c.Issuer = "http://sso.example" },
		"Address":      func(c *idp.Config) { c.Address = "https://console.example/x" },
		"ClientID":     func(c *idp.Config) { c.ClientID = "" },
		"ClientSecret": func(c *idp.Config) { c.ClientSecret = identity.Secret{} },
		"ACR":          func(c *idp.Config) { c.AMR = nil },
		"Roles":        func(c *idp.Config) { c.Roles = []string{"clerk=a", "auditor=a"} },
		"RolesClaim":   func(c *idp.Config) { c.RolesClaim = "" },
		"Timeout":      func(c *idp.Config) { c.Timeout = 0 },
	} {
		c := config("https://sso.example")
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: got %v", field, err)
		}
	}
}
