package tencentcloudtest_test

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"renzheng/providers/fakes"
	"renzheng/providers/tencentcloud/tencentcloudtest"
)

func TestFake_Refuses(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	cases := map[string]struct {
		call call
		want string
	}{
		"no authorization":                    {call{spoil: set("Authorization", "")}, "AuthFailure.InvalidAuthorization"},
		"an authorization of another kind":    {call{spoil: set("Authorization", "SKIP")}, "AuthFailure.InvalidAuthorization"},
		"an unknown secret id":                {call{id: "AKIDother"}, "AuthFailure.SecretIdNotFound"},
		"a wrong key":                         {call{key: "other"}, "AuthFailure.SignatureFailure"},
		"another service in the scope":        {call{service: "cvm"}, "AuthFailure.SignatureFailure"},
		"a date that is not the timestamp's":  {call{date: "2026-03-02"}, "AuthFailure.SignatureFailure"},
		"a timestamp changed after signing":   {call{spoil: set("X-TC-Timestamp", strconv.FormatInt(signedAt().Unix()+1, 10))}, "AuthFailure.SignatureFailure"},
		"a body changed after signing":        {call{spoil: swapBody}, "AuthFailure.SignatureFailure"},
		"a content type changed afterwards":   {call{kind: "application/jsonx", spoil: set("Content-Type", "application/json")}, "AuthFailure.SignatureFailure"},
		"a host changed after signing":        {call{spoil: func(r *http.Request) { r.Host = "example.org" }}, "AuthFailure.SignatureFailure"},
		"a signature more than 5 minutes old": {call{at: signedAt().Add(-5*time.Minute - time.Second)}, "AuthFailure.SignatureExpire"},
		"a signature from the future":         {call{at: signedAt().Add(5*time.Minute + time.Second)}, "AuthFailure.SignatureExpire"},
		"no timestamp":                        {call{spoil: set("X-TC-Timestamp", "")}, "MissingParameter"},
		"an unknown action":                   {call{action: "BankCard2EVerification"}, "InvalidAction"},
		"another version":                     {call{version: "2017-03-12"}, "NoSuchVersion"},
		"a form":                              {call{kind: "application/x-www-form-urlencoded"}, "InvalidParameter"},
		"a query string":                      {call{path: "/?x=1"}, "UnsupportedOperation"},
		"another method":                      {call{method: http.MethodPut}, "UnsupportedOperation"},
		"no phone for four elements":          {call{body: threeBody}, "MissingParameter"},
		"a card beside a validity":            {call{action: tencentcloudtest.NameDate, body: strings.Replace(dateBody, "{", `{"BankCard":"6222",`, 1)}, "UnknownParameter"},
		"an empty name":                       {call{body: strings.Replace(goodBody, "张三", "", 1)}, "MissingParameter"},
		"a phone for three elements":          {call{action: tencentcloudtest.ThreeElements}, "UnknownParameter"},
		"a card that is a number":             {call{body: strings.Replace(goodBody, `"6222021234567890128"`, `6222`, 1)}, "InvalidParameter"},
		"another kind of document":            {call{body: strings.Replace(goodBody, `{`, `{"CertType":1,`, 1)}, "InvalidParameterValue"},
		"no JSON":                             {call{body: `Name=x`}, "InvalidParameter"},
		"two objects":                         {call{body: goodBody + `{}`}, "InvalidParameter"},
		"a body beyond all measure":           {call{body: strings.Repeat(" ", 65<<10)}, "RequestSizeLimitExceeded"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, url := start(t, tencentcloudtest.Options{})
			if got := c.call.send(t, url); got != (reply{code: c.want}) {
				t.Errorf("answer: got %+v, want code %s", got, c.want)
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

func TestFake_Decides(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		call call
		fate func(tencentcloudtest.Query) string
		want string
	}{
		"a pass where nothing is said":       {want: "0"},
		"a pass at the edge of five minutes": {call: call{at: signedAt().Add(-5 * time.Minute)}, want: "0"},
		"a holder of four elements":          {fate: tencentcloudtest.Query.HolderWrong, want: "-6"},
		"a holder of three":                  {call: call{action: tencentcloudtest.ThreeElements, body: threeBody}, fate: tencentcloudtest.Query.HolderWrong, want: "-5"},
		"an expired card":                    {fate: tencentcloudtest.Query.CardExpired, want: "-14"},
		"a busy centre":                      {fate: tencentcloudtest.Query.CentreBusy, want: "-18"},
		"a name with digits":                 {call: call{body: strings.Replace(goodBody, "张三", "张3", 1)}, want: "-2"},
		"a name with a rare character":       {call: call{body: strings.Replace(goodBody, "张三", "𠮷·买", 1)}, want: "0"},
		"a lower-case x":                     {call: call{body: strings.Replace(goodBody, "X", "x", 1)}, want: "-3"},
		"a short card":                       {call: call{body: strings.Replace(goodBody, "6222021234567890128", "6222", 1)}, want: "-4"},
		"a resident ID for good":             {call: call{action: tencentcloudtest.NameDate, body: dateBody}, want: "0"},
		"the vendor's other word for it":     {call: call{action: tencentcloudtest.NameDate, body: strings.Replace(dateBody, "00000000", "长期", 1)}, want: "-4"},
		"a month that does not exist":        {call: call{action: tencentcloudtest.NameDate, body: strings.Replace(dateBody, "20150301", "20151301", 1)}, want: "-4"},
		"a landline":                         {call: call{body: strings.Replace(goodBody, "13800138000", "01062780000", 1)}, want: "-5"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, url := start(t, tencentcloudtest.Options{Fate: func(q tencentcloudtest.Query) tencentcloudtest.Fate {
				if c.fate == nil {
					return tencentcloudtest.Fate{}
				}
				return tencentcloudtest.Fate{Result: c.fate(q)}
			}})
			if got := c.call.send(t, url); got != (reply{result: c.want}) {
				t.Errorf("answer: got %+v, want result %s", got, c.want)
			}
		})
	}
}

func TestFake_LimitsACardByBeijingDay(t *testing.T) {
	t.Parallel()
	now := signedAt()
	fake, url := start(t, tencentcloudtest.Options{TriesPerDay: 2, Clock: func() time.Time { return now }})
	three := call{action: tencentcloudtest.ThreeElements, body: threeBody}
	got := []reply{call{}.send(t, url), three.send(t, url), call{}.send(t, url), three.send(t, url)}
	other := call{body: strings.Replace(goodBody, "6222021234567890128", "6222021234567890129", 1)}
	got = append(got, other.send(t, url))
	now = now.Add(time.Minute) // midnight in Beijing, afternoon in UTC
	got = append(got, call{at: now}.send(t, url))
	want := []reply{{result: "0"}, {result: "0"}, {result: "-19"}, {result: "-18"}, {result: "0"}, {result: "0"}}
	if !slices.Equal(got, want) {
		t.Errorf("answers: got %v, want %v", got, want)
	}
	if made := fake.Decisions(); len(made) != len(want) || !made[5].At.Equal(now) {
		t.Errorf("decisions: got %+v, want %d, the last at midnight", made, len(want))
	}
}

func TestFake_RemembersWhatItNeverSaid(t *testing.T) {
	t.Parallel()
	for _, way := range []fakes.Delivery{fakes.Lost, fakes.Cut, fakes.Garbled, fakes.Hung} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			fake, url := start(t, tencentcloudtest.Options{Fate: func(q tencentcloudtest.Query) tencentcloudtest.Fate {
				return tencentcloudtest.Fate{Result: q.HolderWrong(), Delivery: way}
			}})
			client := http.Client{Timeout: 200 * time.Millisecond}
			if response, err := client.Do(call{}.sign(t, url)); err == nil {
				_ = response.Body.Close()
			}
			made := fake.Decisions()
			if way == fakes.Hung {
				if len(made) != 0 {
					t.Errorf("decisions: got %+v, want none", made)
				}
				return
			}
			if len(made) != 1 || made[0].Result != "-6" || made[0].Delivered != way || made[0].Query.Name != "张三" {
				t.Errorf("decisions: got %+v, want one for 张三, not delivered", made)
			}
		})
	}
}

func TestNew_WantsItsOptions(t *testing.T) {
	t.Parallel()
	if _, err := tencentcloudtest.New(tencentcloudtest.Options{SecretID: secretID, SecretKey: secretKey}); err == nil {
		t.Error("error: got none without a clock, want one")
	}
}
