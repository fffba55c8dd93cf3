package strictjson_test

import (
	"strings"
	"testing"

	"renzheng/strictjson"
)

const pasted = "whsec_MfKQ9r8GKYqrTwjU"

func TestReport_CollectsEveryProblem(t *testing.T) {
	t.Parallel()
	var r strictjson.Report
	top := r.Object([]byte(`{"id":1,"list":[1,2,3],"`+pasted+`":1,"id":null,"more":{}} x`), "",
		strictjson.Names{Required: []string{"id", "name"}, Optional: []string{"list", "more"}})
	r.Text(top["id"], "/id")
	if got := r.Text(top["name"], "/name"); got != "" {
		t.Errorf("got the name %q", got)
	}
	if got := r.List(top["list"], "/list"); len(got) != 3 {
		t.Errorf("got %d entries, want 3", len(got))
	}
	if got := r.List(top["more"], "/more"); got != nil {
		t.Errorf("got the list %s", got)
	}
	r.List(nil, "/absent")
	want := []string{
		"/: has an unknown member", "/: has id twice", "/: is broken JSON at its end", "/: lacks name",
		"/id: is not a text", "/more: is not a list",
	}
	if got := r.Err(); got == nil || got.Error() != strings.Join(want, "\n") {
		t.Errorf("got\n%v\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestReport_NoObject(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`[]`: "/at: is not an object", ``: "/at: is not an object", `"` + pasted + `"`: "/at: is not an object",
		`{`: "/at: is broken JSON near byte 1", `{,}`: "/at: is broken JSON near byte 1",
		`{"a":"` + pasted: "/at: is broken JSON near byte 28", "{\"a\":\"\xff\"}": "/at: is not UTF-8",
	} {
		var r strictjson.Report
		if got := r.Object([]byte(raw), "/at", strictjson.Names{Required: []string{"a"}}); got != nil {
			t.Errorf("%s: got the object %v", raw, got)
		}
		if got := r.Err(); got == nil || got.Error() != want {
			t.Errorf("%s: got %v, want %s", raw, got, want)
		}
	}
}

func TestReport_NoProblem(t *testing.T) {
	t.Parallel()
	var r strictjson.Report
	top := r.Object([]byte(`{"id":"a","list":["b"]}`), "", strictjson.Names{Required: []string{"id", "list"}})
	list := r.List(top["list"], "/list")
	if r.Text(top["id"], "/id") != "a" || len(list) != 1 || r.Text(list[0], "/list/0") != "b" || r.Err() != nil {
		t.Errorf("got %s, %v", top, r.Err())
	}
}
