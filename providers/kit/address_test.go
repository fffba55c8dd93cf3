package kit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/providers/kit"
)

func TestReadBase(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ raw, base, authority string }{ // "" = refused
		"a host":                {"https://a.example.cn", "https://a.example.cn", "a.example.cn"},
		"in capitals":           {"HTTPS://A.Example.CN/Base/", "https://a.example.cn/Base", "a.example.cn"},
		"with its default port": {"https://a.example.cn:443", "https://a.example.cn:443", "a.example.cn"},
		"with a port of its own": {
			"https://a.example.cn:8443/x", "https://a.example.cn:8443/x", "a.example.cn:8443",
		},
		"plain http to loopback":    {"http://127.0.0.1:80", "http://127.0.0.1:80", "127.0.0.1"},
		"loopback of IPv6":          {"http://[::1]:9000", "http://[::1]:9000", "[::1]:9000"},
		"plain http to the network": {raw: "http://10.0.0.1"},
		"no scheme":                 {raw: "a.example.cn"},
		"another scheme":            {raw: "ftp://a.example.cn"},
		"a user":                    {raw: "https://me:secret@a.example.cn"},
		"a query":                   {raw: "https://a.example.cn/?x=1"},
		"an empty fragment":         {raw: "https://a.example.cn/#"},
		"a port out of range":       {raw: "https://a.example.cn:70000"},
		"a port that is missing":    {raw: "https://a.example.cn:"},
		"a path that climbs":        {raw: "https://a.example.cn/a/../b"},
		"a path that is escaped":    {raw: "https://a.example.cn/a%2Fb"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, err := kit.ReadBase(c.raw)
			if (err == nil) != (c.base != "") {
				t.Fatalf("got error %v, want %q", err, c.base)
			}
			if err != nil {
				if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "example") {
					t.Errorf("the error repeats the address: %v", err)
				}
				return
			}
			if base.String() != c.base || kit.Authority(base) != c.authority {
				t.Errorf("got %s and %s, want %s and %s", base, kit.Authority(base), c.base, c.authority)
			}
		})
	}
}

func TestSecret_ShowsItselfOnDemandOnly(t *testing.T) {
	t.Parallel()
	const key = "sentinel-key"
	secret := identity.NewSecret(key)
	encoded, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	hidden := struct{ inner identity.Secret }{secret}
	for _, text := range []string{
		string(encoded), secret.LogValue().String(),
		fmt.Sprintf("%v %+v %#v %s %q %x %d", secret, secret, secret, secret, secret, secret, secret),
		fmt.Sprintf("%v %+v %#v", hidden, hidden, hidden),
	} {
		if strings.Contains(text, key) || strings.Contains(text, fmt.Sprintf("%x", key)) {
			t.Errorf("got the key in %s, want a mask", text)
		}
	}
	if secret.Reveal() != key || identity.NewSecret("").Reveal() != "" {
		t.Error("reveal: got another key than the one given")
	}
}
