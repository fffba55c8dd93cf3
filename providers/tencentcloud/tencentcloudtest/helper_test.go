package tencentcloudtest_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"renzheng/providers/tencentcloud/tencentcloudtest"
)

const (
	secretID  = "AKIDtest"
	secretKey = "key-of-the-test"
	goodBody  = `{"Name":"张三","IdCard":"11010519491231002X","BankCard":"6222021234567890128","Phone":"13800138000"}`
	dateBody  = `{"Name":"张三","IdCard":"11010519491231002X","ValidityBegin":"20150301","ValidityEnd":"00000000"}`
	threeBody = `{"Name":"张三","IdCard":"11010519491231002X","BankCard":"6222021234567890128"}`
)

func signedAt() time.Time { return time.Date(2026, 3, 1, 15, 59, 0, 0, time.UTC) } // a minute before Beijing's midnight

// call is one request as it will be signed; the zero value of a field is the right one.
type call struct {
	action, version, kind, body string
	method, path                string
	service, date, id, key      string
	at                          time.Time
	spoil                       func(*http.Request) // after signing
}

// sign makes the request by the vendor's description, without the SDK and apart
// from the fake's own code.
func (c call) sign(t *testing.T, url string) *http.Request {
	t.Helper()
	or := func(v, otherwise string) string {
		if v == "" {
			return otherwise
		}
		return v
	}
	at := c.at
	if at.IsZero() {
		at = signedAt()
	}
	body, kind := or(c.body, goodBody), or(c.kind, "application/json")
	r, err := http.NewRequestWithContext(t.Context(), or(c.method, http.MethodPost), url+or(c.path, "/"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	date, service := or(c.date, at.UTC().Format("2006-01-02")), or(c.service, "faceid")
	hash := func(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
	sign := func(key, s string) string {
		h := hmac.New(sha256.New, []byte(key))
		_, _ = io.WriteString(h, s)
		return string(h.Sum(nil))
	}
	canonical := fmt.Sprintf("POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s", kind, r.Host, hash(body))
	toSign := fmt.Sprintf("TC3-HMAC-SHA256\n%d\n%s/%s/tc3_request\n%s", at.Unix(), date, service, hash(canonical))
	key := sign(sign(sign("TC3"+or(c.key, secretKey), date), service), "tc3_request")
	r.Header.Set("Authorization", fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s/%s/tc3_request, SignedHeaders=content-type;host, Signature=%x",
		or(c.id, secretID), date, service, sign(key, toSign)))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-TC-Action", or(c.action, tencentcloudtest.FourElements))
	r.Header.Set("X-TC-Version", or(c.version, "2018-03-01"))
	r.Header.Set("X-TC-Timestamp", strconv.FormatInt(at.Unix(), 10))
	if c.spoil != nil {
		c.spoil(r)
	}
	return r
}

func (c call) send(t *testing.T, url string) reply {
	t.Helper()
	return receive(t, c.sign(t, url))
}

// reply is either result or code.
type reply struct{ result, code string }

func receive(t *testing.T, r *http.Request) reply {
	t.Helper()
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Response struct {
			Result, RequestID string
			Error             struct{ Code string }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK || len(answer.Response.RequestID) != 36 {
		t.Errorf("answer: got status %d and request id %q, want 200 and a UUID", response.StatusCode, answer.Response.RequestID)
	}
	return reply{answer.Response.Result, answer.Response.Error.Code}
}

func start(t *testing.T, o tencentcloudtest.Options) (*tencentcloudtest.Fake, string) {
	t.Helper()
	o.SecretID, o.SecretKey = secretID, secretKey
	if o.Clock == nil {
		o.Clock = signedAt
	}
	fake, err := tencentcloudtest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, server.URL
}
