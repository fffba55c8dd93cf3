package alipay_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/alipay/alipaytest"
)

func TestConfig_Validate_reportsAllProblemsTogether(t *testing.T) {
	t.Parallel()
	err := alipay.Config{
		AppID: "a b", PrivateKey: identity.NewSecret("not a key"), Gateway: "http://gateway.example/gateway.do",
		PublicGateway: "ftp://x", Proxy: "socks5://x", Timeout: time.Hour,
		Todo: alipay.TodoTemplate{ID: "a b", Page: "/p"},
	}.Validate()
	if err == nil {
		t.Fatal("got no problem")
	}
	for _, want := range []string{"AppID:", "PrivateKey:", "\nGateway:", "PublicGateway:", "Proxy:", "Timeout:", "Todo.ID:", "Todo.Registry:", "Todo.Page:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %q", want, err)
		}
	}
	if strings.Contains(err.Error(), "not a key") {
		t.Errorf("the key is in %q", err)
	}
}

func TestConfig_Validate_refuses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	certified, certificates := certificateFixture(t)
	app, _ := keyPair(t)
	ownKey, err := alipaytest.EncodePublicKey(&app.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		base   alipay.Config
		change func(*alipay.Config)
		want   string
	}{
		"no way to check answers":        {w.config, func(c *alipay.Config) { c.AlipayPublicKey = "" }, "AlipayPublicKey: is missing"},
		"both modes":                     {w.config, func(c *alipay.Config) { c.AppCert = certificates.App }, "together with certificates"},
		"the application's own key":      {w.config, func(c *alipay.Config) { c.AlipayPublicKey = ownKey }, "application's own"},
		"a public key that is none":      {w.config, func(c *alipay.Config) { c.AlipayPublicKey = "aGVsbG8=" }, "AlipayPublicKey:"},
		"a gateway with a query":         {w.config, func(c *alipay.Config) { c.Gateway += "?a=b" }, "not have a user, query"},
		"a gateway with a password":      {w.config, func(c *alipay.Config) { c.Gateway = "https://u:p@h/gateway.do" }, "not have a user, query"},
		"one certificate is missing":     {certified.config, func(c *alipay.Config) { c.RootCert = "" }, "RootCert:"},
		"a certificate that is no file":  {certified.config, func(c *alipay.Config) { c.AppCert = "/nowhere" }, "AppCert: cannot be read"},
		"a certificate of another key":   {certified.config, func(c *alipay.Config) { c.AppCert = certificates.Alipay }, "certificate of the private key"},
		"a certificate that is not one":  {certified.config, func(c *alipay.Config) { c.AlipayCert = "-----BEGIN X-----" }, "AlipayCert: must be PEM"},
		"a message without keywords":     {w.config, func(c *alipay.Config) { c.Todo = alipay.TodoTemplate{ID: "a", Page: "p"} }, "Todo.Registry: must"},
		"a gap between keywords":         {w.config, func(c *alipay.Config) { c.Todo.Arrived = "keyword4" }, "Todo.Registry: must"},
		"one keyword twice":              {w.config, func(c *alipay.Config) { c.Todo.Arrived = "keyword1" }, "Todo.Registry: must"},
		"a template without an id":       {w.config, func(c *alipay.Config) { c.Todo.ID = "" }, "Todo.ID: must"},
		"a template without a page":      {w.config, func(c *alipay.Config) { c.Todo.Page = "" }, "Todo.Page: must"},
		"less than no time":              {w.config, func(c *alipay.Config) { c.Timeout = -1 }, "Timeout:"},
		"a gateway that is not absolute": {w.config, func(c *alipay.Config) { c.Gateway = "gateway.do" }, "absolute"},
	} {
		config := tc.base
		tc.change(&config)
		if _, err := alipay.New(config); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

func TestConfig_takesCertificatesFromFiles(t *testing.T) {
	t.Parallel()
	w, certificates := certificateFixture(t)
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	w.config.AppCert = write("app.crt", certificates.App)
	w.config.RootCert = write("root.crt", certificates.Root)
	w.config.AlipayCert = write("alipay.crt", certificates.Alipay)
	if err := w.config.Validate(); err != nil {
		t.Errorf("Validate: %v", err)
	}
	w.start(t, w.client(t))
}

func TestConfig_Official(t *testing.T) {
	t.Parallel()
	const internal = "https://alipay.internal.example/gateway.do"
	for name, tc := range map[string]struct {
		config alipay.Config
		want   bool
	}{
		"by default":            {alipay.Config{}, true},
		"by name":               {alipay.Config{Gateway: alipay.OfficialGateway}, true},
		"calls go elsewhere":    {alipay.Config{Gateway: internal, PublicGateway: alipay.OfficialGateway}, false},
		"links lead elsewhere":  {alipay.Config{PublicGateway: internal}, false},
		"a look-alike":          {alipay.Config{Gateway: "https://openapi.alipay.com.example/gateway.do"}, false},
		"Alipay's own sandbox":  {alipay.Config{Gateway: "https://openapi-sandbox.dl.alipaydev.com/gateway.do"}, false},
		"the same without TLS":  {alipay.Config{Gateway: "http://openapi.alipay.com/gateway.do"}, false},
		"the same, other paths": {alipay.Config{Gateway: "https://openapi.alipay.com/other"}, false},
	} {
		if got := tc.config.Official(); got != tc.want {
			t.Errorf("%s: got %t, want %t", name, got, tc.want)
		}
	}
}

func TestSecret_masksItself(t *testing.T) {
	t.Parallel()
	config := alipay.Config{PrivateKey: identity.NewSecret("the-key")}
	encoded, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprintf("%v %+v %#v %s", config, config, config, encoded); strings.Contains(shown, "the-key") {
		t.Errorf("the key is in %q", shown)
	}
}
