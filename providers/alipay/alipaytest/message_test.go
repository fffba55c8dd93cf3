package alipaytest_test

import (
	"encoding/json"
	"strings"
	"testing"
)

const template = "template-1"

// send sends a message of three keywords, after a change.
func (a *app) send(change func(message map[string]any, data map[string]any)) string {
	a.t.Helper()
	value := func(v string) map[string]string { return map[string]string{"value": v} }
	data := map[string]any{"keyword1": value("一"), "keyword2": value("二"), "keyword3": value("三")}
	message := map[string]any{"to_open_id": openID, "user_template_id": template, "page": "pages/screen/index"}
	change(message, data)
	encoded, err := json.Marshal(data)
	if err != nil {
		a.t.Fatal(err)
	}
	message["data"] = string(encoded)
	business, err := json.Marshal(message)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.call("alipay.open.app.mini.templatemessage.send", string(business))
}

func TestGateway_message_isOneForEachAgreement(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	asIs := func(map[string]any, map[string]any) {}
	if got := a.send(asIs); !strings.Contains(got, `"USER_NOT_SUBSCRIBE"`) {
		t.Errorf("without agreement: got %s", got)
	}
	for range 2 {
		a.gateway.Accept(openID, template)
	}
	a.gateway.Accept(other, template)
	a.gateway.Accept(openID, "another template")
	for range 2 {
		if got := a.send(asIs); !strings.Contains(got, `"code":"10000"`) {
			t.Errorf("with agreement: got %s", got)
		}
	}
	if got := a.send(asIs); !strings.Contains(got, `"USER_NOT_SUBSCRIBE"`) {
		t.Errorf("a third: got %s", got)
	}
	if sent := a.gateway.Messages(); len(sent) != 2 || sent[1].Data["keyword3"] != "三" {
		t.Errorf("got %+v", sent)
	}
}

func TestGateway_message_refuses(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	a.gateway.Accept(openID, template)
	for name, tc := range map[string]struct {
		change func(message, data map[string]any)
		want   string
	}{
		"an unknown template":      {func(m, _ map[string]any) { m["user_template_id"] = "x" }, "USER_TEMPLATE_ILLEGAL"},
		"a keyword less":           {func(_, d map[string]any) { delete(d, "keyword3") }, "USER_TEMPLATE_LACK_KEYWORD"},
		"a keyword of another":     {func(_, d map[string]any) { d["thing1"] = d["keyword3"]; delete(d, "keyword3") }, "USER_TEMPLATE_LACK_KEYWORD"},
		"an empty keyword":         {func(_, d map[string]any) { d["keyword3"] = map[string]string{} }, "USER_TEMPLATE_LACK_KEYWORD"},
		"a keyword of 51":          {func(_, d map[string]any) { d["keyword3"] = map[string]string{"value": strings.Repeat("三", 51)} }, "USER_KEYWORD_LENGTH_ERROR"},
		"no page":                  {func(m, _ map[string]any) { delete(m, "page") }, "isv.invalid-parameter"},
		"a page of 129":            {func(m, _ map[string]any) { m["page"] = strings.Repeat("p", 129) }, "isv.invalid-parameter"},
		"nobody":                   {func(m, _ map[string]any) { delete(m, "to_open_id") }, "isv.invalid-parameter"},
		"two accounts":             {func(m, _ map[string]any) { m["to_user_id"] = "2088000000000002" }, "isv.invalid-parameter"},
		"an unknown account":       {func(m, _ map[string]any) { m["to_open_id"] = "nobody" }, "USER_NOT_SUBSCRIBE"},
		"what we do not mean":      {func(m, _ map[string]any) { m["form_id"] = "1" }, "isv.invalid-parameter"},
		"more than 2 048 in total": {func(_, d map[string]any) { d["keyword3"] = map[string]string{"value": strings.Repeat("三", 700)} }, "isv.invalid-parameter"},
	} {
		if got := a.send(tc.change); !strings.Contains(got, tc.want) {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
	if sent := a.gateway.Messages(); len(sent) != 0 {
		t.Errorf("got %+v, want none", sent)
	}
}
