package alibabacloudtest_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
)

const (
	keyID     = "LTAItest"
	keySecret = "key-of-the-test"
	goodBody  = "ParamType=normal&VerifyMode=VERIFY_BANK_CARD&ProductType=BANK_CARD_4_META&UserName=%E5%BC%A0%E4%B8%89" +
		"&IdentifyNum=11010519491231002X&BankCard=6222021234567890128&Mobile=13800138000"
	periodBody = "ParamType=normal&UserName=%E5%BC%A0%E4%B8%89&IdentifyNum=11010519491231002X" +
		"&ValidityStartDate=20150301&ValidityEndDate=%E9%95%BF%E6%9C%9F"
)

func signedAt() time.Time { return time.Date(2026, 3, 1, 15, 59, 0, 0, time.UTC) } // a minute before Beijing's midnight

// call is one request as it will be signed; the zero value of a field is the right one.
type call struct {
	action, version, kind, body string
	method, path                string
	id, key, nonce              string
	at                          time.Time
	spoil                       func(*http.Request) // after signing
}

func or(v, otherwise string) string {
	if v == "" {
		return otherwise
	}
	return v
}

// sign makes the request by the vendor's description, apart from the adapter's
// and the fake's code.
func (c call) sign(t *testing.T, url string) *http.Request {
	t.Helper()
	at := c.at
	if at.IsZero() {
		at = signedAt()
	}
	body := or(c.body, goodBody)
	r, err := http.NewRequestWithContext(t.Context(), or(c.method, http.MethodPost), url+or(c.path, "/"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	hash := func(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
	headers := [][2]string{
		{"content-type", or(c.kind, "application/x-www-form-urlencoded")},
		{"host", r.Host},
		{"x-acs-action", or(c.action, alibabacloudtest.BankCard)},
		{"x-acs-content-sha256", hash(body)},
		{"x-acs-date", at.UTC().Format("2006-01-02T15:04:05Z")},
		{"x-acs-signature-nonce", or(c.nonce, "nonce-of-the-test")},
		{"x-acs-version", or(c.version, "2019-03-07")},
	}
	lines, names := "", []string{}
	var linesSb71 strings.Builder
	for _, h := range headers {
		linesSb71.WriteString(h[0] + ":" + h[1] + "\n")
		names = append(names, h[0])
		r.Header.Set(h[0], h[1])
	}
	lines += linesSb71.String()
	signed := strings.Join(names, ";")
	canonical := fmt.Sprintf("%s\n/\n%s\n%s\n%s\n%s", r.Method, r.URL.RawQuery, lines, signed, hash(body))
	mac := hmac.New(sha256.New, []byte(or(c.key, keySecret)))
	_, _ = io.WriteString(mac, "ACS3-HMAC-SHA256\n"+hash(canonical))
	r.Header.Set("Authorization", fmt.Sprintf("ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%x", or(c.id, keyID), signed, mac.Sum(nil)))
	if c.spoil != nil {
		c.spoil(r)
	}
	return r
}

// send returns the answer as "status code biz sub", what is missing as -.
func (c call) send(t *testing.T, url string) string {
	t.Helper()
	response, err := http.DefaultTransport.RoundTrip(c.sign(t, url))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Code, RequestID string
		ResultObject    struct{ BizCode, SubCode string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.RequestID) != 36 {
		t.Errorf("request id: got %q, want a UUID", answer.RequestID)
	}
	return fmt.Sprintf("%d %s %s %s", response.StatusCode, answer.Code, or(answer.ResultObject.BizCode, "-"), or(answer.ResultObject.SubCode, "-"))
}

func start(t *testing.T, o alibabacloudtest.Options) (*alibabacloudtest.Fake, string) {
	t.Helper()
	o.AccessKeyID, o.AccessKeySecret = keyID, keySecret
	if o.Clock == nil {
		o.Clock = signedAt
	}
	fake, err := alibabacloudtest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, server.URL
}

func TestFake_Refuses(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	swap := func(from, to string) string { return strings.Replace(goodBody, from, to, 1) }
	cases := map[string]struct {
		call call
		want string
	}{
		"no authorization":                  {call{spoil: set("Authorization", "")}, "IncompleteSignature"},
		"an unknown key":                    {call{id: "LTAIother"}, "InvalidAccessKeyId.NotFound"},
		"a wrong secret":                    {call{key: "other"}, "SignatureDoesNotMatch"},
		"an action changed after signing":   {call{spoil: set("X-Acs-Action", alibabacloudtest.FourElements)}, "SignatureDoesNotMatch"},
		"a host changed after signing":      {call{spoil: func(r *http.Request) { r.Host = "example.org" }}, "SignatureDoesNotMatch"},
		"a header of the vendor's unsigned": {call{spoil: set("X-Acs-Security-Token", "x")}, "IncompleteSignature"},
		"a digest of another body":          {call{spoil: swapBody}, "IncompleteSignature"},
		"a request of a quarter ago":        {call{at: signedAt().Add(-15*time.Minute - time.Second)}, "InvalidTimeStamp.Expired"},
		"a request from the future":         {call{at: signedAt().Add(15*time.Minute + time.Second)}, "InvalidTimeStamp.Expired"},
		"no date":                           {call{spoil: set("X-Acs-Date", "now")}, "InvalidTimeStamp.Format"},
		"a nonce that is none":              {call{nonce: "short"}, "SignatureNonceUsed"},
		"an unknown action":                 {call{action: "Id2MetaVerify"}, "InvalidAction.NotFound"},
		"another version":                   {call{version: "2018-09-16"}, "InvalidVersion"},
		"parameters in the address":         {call{path: "/?UserName=x"}, "InvalidParameter"},
		"another method":                    {call{method: http.MethodPut}, "UnsupportedHTTPMethod"},
		"JSON":                              {call{kind: "application/json"}, "UnsupportedContentType"},
		"no phone for four elements":        {call{body: swap("&Mobile=13800138000", "")}, "400"},
		"an empty name":                     {call{body: swap("%E5%BC%A0%E4%B8%89", "")}, "400"},
		"a name with digits":                {call{body: swap("%E5%BC%A0%E4%B8%89", "123")}, "401"},
		"a lower-case x":                    {call{body: swap("002X", "002x")}, "401"},
		"a phone for three elements":        {call{body: swap("4_META", "3_META")}, "401"},
		"a product that is not offered":     {call{body: swap("4_META", "9_META")}, "401"},
		"a name given twice":                {call{body: goodBody + "&UserName=x"}, "401"},
		"elements of another action":        {call{action: alibabacloudtest.FourElements}, "400"},
		"a validity that is no date":        {call{action: alibabacloudtest.FourElements, body: strings.Replace(periodBody, "20150301", "20151301", 1)}, "401"},
		"another word for long-term":        {call{action: alibabacloudtest.FourElements, body: strings.Replace(periodBody, "%E9%95%BF%E6%9C%9F", "00000000", 1)}, "401"},
		"a body that is no form":            {call{body: "%zz"}, "401"},
		"a body beyond all measure":         {call{body: strings.Repeat("x", 65<<10)}, "InvalidParameter"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, url := start(t, alibabacloudtest.Options{})
			want := "400 " + c.want + " - -"
			if len(c.want) == 3 { // the service speaks over 200
				want = "200 " + c.want + " - -"
			}
			if got := c.call.send(t, url); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if made := fake.Decisions(); len(made) != 0 {
				t.Errorf("decisions: got %d, want none", len(made))
			}
		})
	}
}

func swapBody(r *http.Request) {
	r.Body = io.NopCloser(strings.NewReader(strings.Replace(goodBody, "6222", "6223", 1)))
}

func TestFake_TakesANonceOnce(t *testing.T) {
	t.Parallel()
	now := signedAt()
	_, url := start(t, alibabacloudtest.Options{Clock: func() time.Time { return now }})
	got := []string{call{nonce: "nonce-one"}.send(t, url), call{nonce: "nonce-one"}.send(t, url), call{nonce: "nonce-two"}.send(t, url)}
	now = now.Add(16 * time.Minute)
	got = append(got, call{nonce: "nonce-one"}.send(t, url))
	want := []string{"200 200 1 101", "400 SignatureNonceUsed - -", "200 200 1 101", "400 InvalidTimeStamp.Expired - -"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFake_LimitsACardByBeijingDay(t *testing.T) {
	t.Parallel()
	now := signedAt()
	_, url := start(t, alibabacloudtest.Options{TriesPerDay: 1, Clock: func() time.Time { return now }})
	got := []string{
		call{nonce: "nonce-one"}.send(t, url), call{nonce: "nonce-two"}.send(t, url),
		call{nonce: "nonce-three", action: alibabacloudtest.FourElements, body: periodBody}.send(t, url),
	}
	now = now.Add(time.Minute) // midnight in Beijing, afternoon in UTC
	got = append(got, call{nonce: "nonce-four", at: now}.send(t, url))
	want := []string{"200 200 1 101", "200 200 3 306", "200 200 1 -", "200 200 1 101"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFake_RemembersWhatItNeverSaid(t *testing.T) {
	t.Parallel()
	for way, decided := range map[fakes.Delivery]int{
		fakes.Lost: 1, fakes.Cut: 1, fakes.Garbled: 1, fakes.Hung: 0,
	} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			fake, url := start(t, alibabacloudtest.Options{Fate: func(alibabacloudtest.Query) alibabacloudtest.Fate {
				return alibabacloudtest.Fate{Biz: "2", Delivery: way}
			}})
			client := http.Client{Timeout: 200 * time.Millisecond}
			if response, err := client.Do(call{}.sign(t, url)); err == nil {
				_ = response.Body.Close()
			}
			if made := fake.Decisions(); len(made) != decided || decided == 1 && (made[0].Sub != "201" || made[0].Query.Name != "张三") {
				t.Errorf("decisions: got %+v, want %d", made, decided)
			}
		})
	}
}

func TestNew_WantsItsOptions(t *testing.T) {
	t.Parallel()
	if _, err := alibabacloudtest.New(alibabacloudtest.Options{AccessKeyID: keyID, AccessKeySecret: keySecret}); err == nil {
		t.Error("error: got none without a clock, want one")
	}
}
