package agency_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency"
)

func TestConfig_Validate(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*agency.Config)
		want   []string // a part of each problem; none = valid
	}{
		"a gateway over TLS":    {change: func(*agency.Config) {}},
		"a sandbox on loopback": {change: func(c *agency.Config) { c.URL = "http://127.0.0.1:9000/base" }},
		"plain http to the network": {
			change: func(c *agency.Config) { c.URL = "http://10.0.0.1" }, want: []string{"URL"},
		},
		"a public key in the place of ours": {
			change: func(c *agency.Config) { c.Key = identity.NewSecret(c.GatewayKeys[0].PublicKey) }, want: []string{"Key:"},
		},
		"our private key in the place of the gateway's": {
			change: func(c *agency.Config) { c.GatewayKeys[0].PublicKey = c.Key.Reveal() }, want: []string{"GatewayKeys: key 1"},
		},
		"two gateway keys under one id": {
			change: func(c *agency.Config) { c.GatewayKeys = append(c.GatewayKeys, c.GatewayKeys[0]) }, want: []string{"GatewayKeys: key 2"},
		},
		"a page host that is an address": {
			change: func(c *agency.Config) { c.PageHosts = []string{"https://pages.example.cn/"} }, want: []string{"PageHosts"},
		},
		"everything wrong, told together": {
			change: func(c *agency.Config) { *c = agency.Config{KeyID: "a b", Timeout: time.Hour} },
			want:   []string{"URL", "Key:", "KeyID", "GatewayKeys", "Timeout", "Clock"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := configOf(t, agency.Config{URL: "https://gateway.example.gov.cn"})
			c.change(&config)
			err := config.Validate()
			if (err != nil) != (len(c.want) > 0) {
				t.Fatalf("error: got %v, want parts %q", err, c.want)
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("problems: got %v, want one of %q", err, part)
				}
			}
			if err != nil && strings.Contains(err.Error(), "PRIVATE") {
				t.Error("the problems repeat a key")
			}
			if _, newErr := agency.New(config); (newErr == nil) != (err == nil) {
				t.Errorf("New: got %v, want as Validate: %v", newErr, err)
			}
		})
	}
}

func TestConfig_Official(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://gateway.example.gov.cn/base": true,
		"https://10.1.2.3":                    true, // authorities' networks are private
		"https://127.0.0.1:8443":              false,
		"http://127.0.0.1:8080":               false,
		"https://localhost":                   false,
		"not an address":                      false,
	} {
		if got := (agency.Config{URL: address}).Official(); got != want {
			t.Errorf("%s: got %t, want %t", address, got, want)
		}
	}
}

func TestClient_ShowsNoKey(t *testing.T) {
	t.Parallel()
	client := open(t, agency.Config{URL: "https://gateway.example.gov.cn"})
	if got := fmt.Sprintf("%v %+v %#v", client, client, client); got != "agency client agency client agency client" {
		t.Errorf("got %s, want nothing of the key", got)
	}
}

// pemOf returns a fresh P-256 pair.
func pemOf(t *testing.T) (private, public string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	open, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: open}))
}
