package wechat_test

import (
	"testing"

	"renzheng/providers/wechat"
)

func TestCallError_Health(t *testing.T) {
	t.Parallel()
	type says struct{ well, known bool }
	works, ill, nothing := says{true, true}, says{false, true}, says{}
	cases := map[string]struct {
		err  wechat.CallError
		want says
	}{
		"a login code that was used":         {wechat.CallError{Code: "40029"}, works},
		"a platform that is busy":            {wechat.CallError{Code: "-1"}, ill},
		"more calls than a minute allows":    {wechat.CallError{Code: "45011"}, ill},
		"a status of somebody on the way":    {wechat.CallError{Code: "http_status", Status: 502}, ill},
		"no answer in time":                  {wechat.CallError{Code: "timeout"}, ill},
		"a question that has no place there": {wechat.CallError{Code: "not_sent"}, nothing},
		"our own store of tokens":            {wechat.CallError{Code: "token_store"}, nothing},
		"a caller who left":                  {wechat.CallError{Code: "canceled"}, nothing},
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
