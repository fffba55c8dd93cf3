package alibabacloud_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alibabacloud"
)

func TestConfig_Validate(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*alibabacloud.Config)
		want   []string // a part of each problem; none = valid
	}{
		"the vendor's own host by default": {change: func(*alibabacloud.Config) {}},
		"a sandbox on loopback":            {change: func(c *alibabacloud.Config) { c.Endpoint = "http://127.0.0.1:9000" }},
		"plain http to the network": {
			change: func(c *alibabacloud.Config) { c.Endpoint = "http://10.0.0.1" },
			want:   []string{"Endpoint"},
		},
		"a path": {
			change: func(c *alibabacloud.Config) { c.Endpoint = "https://cloudauth.aliyuncs.com/x" },
			want:   []string{"Endpoint"},
		},
		"everything wrong, told together": {
			change: func(c *alibabacloud.Config) {
				*c = alibabacloud.Config{
					AccessKeyID: "a b", AccessKeySecret: identity.NewSecret("with space"), Endpoint: "?", Timeout: time.Hour,
				}
			},
			want: []string{"AccessKeyID", "AccessKeySecret", "Endpoint", "Timeout", "Clock"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := alibabacloud.Config{AccessKeyID: keyID, AccessKeySecret: identity.NewSecret(keySecret), Clock: time.Now}
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
			if _, newErr := alibabacloud.New(config); (newErr == nil) != (err == nil) {
				t.Errorf("New: got %v, want as Validate: %v", newErr, err)
			}
		})
	}
}

func TestConfig_Official(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]bool{
		"":                               true,
		"https://cloudauth.aliyuncs.com": true,
		"HTTPS://CloudAuth.cn-Shanghai.aliyuncs.com:443/": true,
		"http://127.0.0.1:9000":                           false,
		"https://cloudauth.aliyuncs.com.example.org":      false,
		"https://cloudauth.aliyuncs.com:8443":             false,
		"not an address":                                  false,
	} {
		if got := (alibabacloud.Config{Endpoint: endpoint}).Official(); got != want {
			t.Errorf("%q: got %t, want %t", endpoint, got, want)
		}
	}
}

func TestClient_ShowsNoKey(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		if text := fmt.Sprintf(verb, open(t, alibabacloud.Config{})); strings.Contains(text, keySecret) {
			t.Errorf("%s: got the key in %s", verb, text)
		}
	}
}
