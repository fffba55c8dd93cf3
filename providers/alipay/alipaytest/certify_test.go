package alipaytest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
)

const (
	initialize = "alipay.user.certify.open.initialize"
	query      = "alipay.user.certify.open.query"
)

// order is the business content of a check, with the account in it.
func order(number, account string) string {
	return fmt.Sprintf(`{"outer_order_no":%q,"biz_code":"FACE","identity_param":{"identity_type":"CERT_INFO",`+
		`"cert_type":"IDENTITY_CARD","cert_name":"张三","cert_no":"11010519491231002X",%s},`+
		`"merchant_config":{"return_url":"","out_put_facial_picture":true}}`, number, account)
}

func (a *app) start(number, account string) (certifyID string) {
	a.t.Helper()
	body := a.call(initialize, order(number, account))
	var answer struct {
		Response struct {
			CertifyID string `json:"certify_id"`
		} `json:"alipay_user_certify_open_initialize_response"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || answer.Response.CertifyID == "" {
		a.t.Fatalf("got %s, %v", body, err)
	}
	return answer.Response.CertifyID
}

func (a *app) open(certifyID string) string {
	a.t.Helper()
	p := a.sign(a.parameters("alipay.user.certify.open.certify", `{"certify_id":"`+certifyID+`"}`))
	return a.get(a.address + "/gateway.do?" + p.Encode())
}

func (a *app) act(certifyID, account, action string) string {
	a.t.Helper()
	return a.post("/sandbox/face", url.Values{"certify_id": {certifyID}, "open_id": {account}, "action": {action}})
}

func (a *app) query(certifyID string) string {
	a.t.Helper()
	return a.call(query, `{"certify_id":"`+certifyID+`"}`)
}

func TestGateway_initialize_refuses(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	good := order("order1", `"open_id":"`+openID+`"`)
	if got := a.call(initialize, good); !strings.Contains(got, "certify_id") {
		t.Fatalf("got %s", got)
	}
	for name, business := range map[string]string{
		"an order number twice":       good,
		"an order number with a dash": order("order-2", `"open_id":"x"`),
		"an order number of 33":       order(strings.Repeat("a", 33), `"open_id":"x"`),
		"no order number":             order("", `"open_id":"x"`),
		"a field it does not know":    order("order3", `"open_id":"x","nation":"CN"`),
		"a passport":                  strings.Replace(order("order4", `"open_id":"x"`), "IDENTITY_CARD", "PASSPORT", 1),
		"another product's spelling":  strings.Replace(order("order5", `"open_id":"x"`), "IDENTITY_CARD", "RESIDENCE_HK_MC", 1),
		"no name":                     strings.Replace(order("order6", `"open_id":"x"`), "张三", "", 1),
		"two objects":                 order("order7", `"open_id":"x"`) + "{}",
	} {
		if got := a.call(initialize, business); !strings.Contains(got, "ILLEGAL_ARGUMENT_FORMAT") {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestGateway_face_isDecidedOnceByItsOwnAccount(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	id := a.start("order1", `"open_id":"`+openID+`"`)
	if got := a.act(id, openID, alipaytest.ActionPass); !strings.Contains(got, "LINK_NOT_OPENED") {
		t.Errorf("before the link is opened: got %s", got)
	}
	if got := a.open(id); !strings.Contains(got, "模拟") || !strings.Contains(got, openID) {
		t.Errorf("got a page that does not say what it is: %s", got)
	}
	for _, step := range []struct{ account, action, want string }{
		{other, alipaytest.ActionPass, "ACCOUNT_MISMATCH"},
		{"nobody", alipaytest.ActionPass, "ACCOUNT_MISMATCH"},
		{openID, "bribe", "UNKNOWN_ACTION"},
		{openID, alipaytest.ActionCancel, `"6001"`},
		{openID, alipaytest.ActionPass, `"9000"`},
		{openID, alipaytest.ActionFail, "CERTIFY_FINISHED"},
	} {
		if got := a.act(id, step.account, step.action); !strings.Contains(got, step.want) {
			t.Errorf("%s by %s: got %s, want %s", step.action, step.account, got, step.want)
		}
	}
	for range 2 {
		if got := a.query(id); !strings.Contains(got, `"passed":"T"`) || !strings.Contains(got, "facial_picture_front") {
			t.Errorf("got %s, want passed with a picture", got)
		}
	}
}

func TestGateway_face_ofAnUserIDNeedsThatAccount(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	id := a.start("order1", `"user_id":"2088000000000009"`)
	a.open(id)
	if got := a.act(id, openID, alipaytest.ActionPass); !strings.Contains(got, "ACCOUNT_MISMATCH") {
		t.Errorf("got %s", got)
	}
}

func TestGateway_face_followsThePersonsFate(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	a.fate = fakes.FaceFate{Tries: []fakes.Outcome{fakes.PoorLight, fakes.PoorLight, fakes.Passes}}
	for i, want := range []string{"Z1005", "Z1005", `"passed":"T"`, `"passed":"T"`} {
		id := a.start(fmt.Sprintf("order%d", i), `"open_id":"`+openID+`"`)
		a.open(id)
		a.act(id, openID, alipaytest.ActionPass)
		if got := a.query(id); !strings.Contains(got, want) {
			t.Errorf("try %d: got %s, want %s", i, got, want)
		}
	}
	id := a.start("another", `"open_id":"`+openID+`"`)
	a.open(id)
	if got := a.act(id, openID, alipaytest.ActionFail); !strings.Contains(got, "4000") {
		t.Errorf("another face: got %s", got)
	}
}

func TestGateway_query_ofChecksThatAreNotThereYetOrNoLonger(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	id := a.start("order1", `"open_id":"`+openID+`"`)
	if got := a.query("unknown"); !strings.Contains(got, "OPEN_CERTIFY_BILL_NOT_EXIST") {
		t.Errorf("unknown: got %s", got)
	}
	if got := a.query(id); !strings.Contains(got, "OPEN_CERTIFY_BILL_STATUS_ERROR") {
		t.Errorf("unfinished: got %s", got)
	}
	a.open(id)
	a.now = a.now.Add(24 * time.Hour)
	if got := a.act(id, openID, alipaytest.ActionPass); !strings.Contains(got, "CERTIFY_EXPIRED") {
		t.Errorf("acting too late: got %s", got)
	}
	if got := a.query(id); !strings.Contains(got, "CERTIFY_ID_EXPIRED") {
		t.Errorf("asking too late: got %s", got)
	}
}

func TestGateway_page_refusesLinksItDidNotSign(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	id := a.start("order1", `"open_id":"`+openID+`"`)
	p := a.sign(a.parameters("alipay.user.certify.open.certify", `{"certify_id":"x"}`))
	p.Set("biz_content", `{"certify_id":"`+id+`"}`)
	got := a.get(a.address + "/gateway.do?" + p.Encode())
	if strings.Contains(got, "<form") || !strings.Contains(got, "模拟") {
		t.Errorf("got %s, want a refusal that says it is simulated", got)
	}
	if got := a.open("unknown"); strings.Contains(got, "<form") {
		t.Errorf("unknown id: got %s", got)
	}
	if got := a.act(id, openID, alipaytest.ActionPass); !strings.Contains(got, "LINK_NOT_OPENED") {
		t.Errorf("got %s, want the link still unopened", got)
	}
}

func TestPortrait_isTheSameForTheSamePerson(t *testing.T) {
	t.Parallel()
	first := fakes.Portrait("张三", "1")
	if !bytes.Equal(first, fakes.Portrait("张三", "1")) || bytes.Equal(first, fakes.Portrait("李四", "1")) {
		t.Error("the picture does not follow the person")
	}
	if _, err := jpeg.Decode(bytes.NewReader(first)); err != nil || len(first) > 32<<10 {
		t.Errorf("got %d bytes, %v", len(first), err)
	}
}
