package tencentcloud_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/tencentcloud"
)

func TestConfig_Validate(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*tencentcloud.Config)
		want   []string // a part of each problem; none = valid
	}{
		"the vendor's own host by default": {change: func(*tencentcloud.Config) {}},
		"a sandbox on loopback": {change: func(c *tencentcloud.Config) {
			c.Scheme, c.Endpoint = "http", "127.0.0.1:9000"
		}},
		"a sandbox on loopback of IPv6": {change: func(c *tencentcloud.Config) {
			c.Scheme, c.Endpoint = "http", "[::1]:9000"
		}},
		"plain http to the network": {
			change: func(c *tencentcloud.Config) { c.Scheme, c.Endpoint = "http", "10.0.0.1:80" },
			want:   []string{"loopback only"},
		},
		"another scheme": {
			change: func(c *tencentcloud.Config) { c.Scheme = "ftp" },
			want:   []string{"Scheme"},
		},
		"an address in the place of a host": {
			change: func(c *tencentcloud.Config) { c.Endpoint = "https://faceid.tencentcloudapi.com/" },
			want:   []string{"Endpoint"},
		},
		"a host with a path": {
			change: func(c *tencentcloud.Config) { c.Endpoint = "faceid.tencentcloudapi.com/x" },
			want:   []string{"Endpoint"},
		},
		"a host with a user": {
			change: func(c *tencentcloud.Config) { c.Endpoint = "me@faceid.tencentcloudapi.com" },
			want:   []string{"Endpoint"},
		},
		"a port out of range": {
			change: func(c *tencentcloud.Config) { c.Endpoint = "faceid.tencentcloudapi.com:70000" },
			want:   []string{"Endpoint"},
		},
		"everything wrong, told together": {
			change: func(c *tencentcloud.Config) {
				*c = tencentcloud.Config{
					SecretID: "a b", SecretKey: identity.NewSecret("with space"), Scheme: "ftp",
					Endpoint: "?", Timeout: time.Hour,
				}
			},
			want: []string{"SecretID", "SecretKey", "Endpoint", "Scheme", "Timeout"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := tencentcloud.Config{SecretID: secretID, SecretKey: identity.NewSecret(secretKey)}
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
			if _, newErr := tencentcloud.New(config); (newErr == nil) != (err == nil) {
				t.Errorf("New: got %v, want as Validate: %v", newErr, err)
			}
		})
	}
}

func TestConfig_Official(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		config tencentcloud.Config
		want   bool
	}{
		"by default":                   {tencentcloud.Config{}, true},
		"in capitals":                  {tencentcloud.Config{Endpoint: "FaceID.TencentCloudAPI.com", Scheme: "HTTPS"}, true},
		"a sandbox":                    {tencentcloud.Config{Endpoint: "127.0.0.1:9000", Scheme: "http"}, false},
		"a name that starts the same":  {tencentcloud.Config{Endpoint: "faceid.tencentcloudapi.com.example.org"}, false},
		"the host with a port of ours": {tencentcloud.Config{Endpoint: "faceid.tencentcloudapi.com:8443"}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.config.Official(); got != c.want {
				t.Errorf("official: got %t, want %t", got, c.want)
			}
		})
	}
}

func TestSecret_ShowsItselfOnDemandOnly(t *testing.T) {
	t.Parallel()
	config := tencentcloud.Config{SecretID: secretID, SecretKey: identity.NewSecret(secretKey)}
	hidden := struct{ inner tencentcloud.Config }{config}
	encoded, err := json.Marshal(config.SecretKey)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("config", "key", config.SecretKey, "config", config)
	shown := []string{string(encoded), log.String(), fmt.Sprint(open(t, tencentcloud.Config{}))}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		shown = append(shown, fmt.Sprintf(verb, config), fmt.Sprintf(verb, config.SecretKey), fmt.Sprintf(verb, hidden))
	}
	for _, text := range shown {
		if strings.Contains(text, secretKey) || strings.Contains(text, fmt.Sprintf("%x", secretKey)) {
			t.Errorf("rendering: got the key in %s, want a mask", text)
		}
	}
	if got := config.SecretKey.Reveal(); got != secretKey {
		t.Errorf("reveal: got another key, want the one given")
	}
}
