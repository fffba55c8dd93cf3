package tencentcloud_test

import (
	"testing"

	"renzheng/providers/tencentcloud"
)

func TestError_Health(t *testing.T) {
	t.Parallel()
	type says struct{ well, known bool }
	works, ill, nothing := says{true, true}, says{false, true}, says{}
	cases := map[string]struct {
		err  tencentcloud.Error
		want says
	}{
		"a key that may not":                 {tencentcloud.Error{Code: "AuthFailure.SecretIdNotFound"}, works},
		"a parameter that is missing":        {tencentcloud.Error{Code: "MissingParameter"}, works},
		"more calls than allowed":            {tencentcloud.Error{Code: "RequestLimitExceeded.IPLimitExceeded"}, ill},
		"a fault inside":                     {tencentcloud.Error{Code: "InternalError"}, ill},
		"an operation that did not work":     {tencentcloud.Error{Code: "FailedOperation.UnKnown"}, ill},
		"no way there":                       {tencentcloud.Error{Code: "ClientNoWay"}, ill},
		"an answer that is none":             {tencentcloud.Error{Code: "ClientUnreadable", Status: 502}, ill},
		"a question that has no place there": {tencentcloud.Error{Code: "ClientNotAsked"}, nothing},
		"a caller who left":                  {tencentcloud.Error{Code: "ClientCancelled"}, nothing},
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
