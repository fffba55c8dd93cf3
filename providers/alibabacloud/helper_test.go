package alibabacloud_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alibabacloud/alibabacloudtest"
)

const (
	keyID     = "LTAIsentinel"
	keySecret = "sentinel-access-key-secret"
	patience  = 10 * time.Second       // never reached
	impatient = 150 * time.Millisecond // for callers that wait in vain
	uuid      = "0F3E5C2A-1111-4222-8333-444455556666"
)

// serve starts a fake whose source decides by fate.
func serve(t *testing.T, fate func(alibabacloudtest.Query) alibabacloudtest.Fate) (*alibabacloudtest.Fake, string) {
	t.Helper()
	fake, err := alibabacloudtest.New(alibabacloudtest.Options{
		AccessKeyID: keyID, AccessKeySecret: keySecret, Clock: time.Now, Fate: fate,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, server.URL
}

func always(f alibabacloudtest.Fate) func(alibabacloudtest.Query) alibabacloudtest.Fate {
	return func(alibabacloudtest.Query) alibabacloudtest.Fate { return f }
}

func clientOf(t *testing.T, endpoint string, timeout time.Duration) *alibabacloud.Client {
	t.Helper()
	return open(t, alibabacloud.Config{Endpoint: endpoint, Timeout: timeout})
}

// open fills in the credentials.
func open(tb testing.TB, c alibabacloud.Config) *alibabacloud.Client {
	tb.Helper()
	c.AccessKeyID, c.AccessKeySecret, c.Clock = keyID, identity.NewSecret(keySecret), time.Now
	client, err := alibabacloud.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
