package alibabacloud_test

import (
	"testing"

	"renzheng/providers/alibabacloud"
)

func TestError_Health(t *testing.T) {
	t.Parallel()
	type says struct{ well, known bool }
	works, ill, nothing := says{true, true}, says{false, true}, says{}
	cases := map[string]struct {
		err  alibabacloud.Error
		want says
	}{
		"a bill that is not paid":            {alibabacloud.Error{Code: "412", Status: 200}, works},
		"a parameter that is missing":        {alibabacloud.Error{Code: "MissingParameter", Status: 400}, works},
		"more calls than allowed":            {alibabacloud.Error{Code: "Throttling.User", Status: 400}, ill},
		"a source that is down":              {alibabacloud.Error{Code: "500", Status: 200}, ill},
		"words over a server's error":        {alibabacloud.Error{Code: "SomethingNew", Status: 503}, ill},
		"no way there":                       {alibabacloud.Error{Code: "ClientNoWay"}, ill},
		"a question that has no place there": {alibabacloud.Error{Code: "ClientNotAsked"}, nothing},
		"a caller who left":                  {alibabacloud.Error{Code: "ClientCancelled"}, nothing},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got says
			if got.well, got.known = c.err.Health(); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
