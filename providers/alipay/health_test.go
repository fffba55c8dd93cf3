package alipay_test

import (
	"testing"

	"renzheng/providers/alipay"
)

func TestCallError_Health(t *testing.T) {
	t.Parallel()
	type says struct{ well, known bool }
	works, ill, nothing := says{true, true}, says{false, true}, says{}
	cases := map[string]struct {
		err  alipay.CallError
		want says
	}{
		"a wrong parameter":                      {alipay.CallError{Code: "40002", SubCode: "isv.invalid-parameter"}, works},
		"a check that the person did not finish": {alipay.CallError{Code: "40004", SubCode: "OPEN_CERTIFY_BILL_STATUS_ERROR"}, works},
		"a service that is down":                 {alipay.CallError{Code: "20000", SubCode: "isp.unknow-error"}, ill},
		"a fault behind the gateway":             {alipay.CallError{Code: "40004", SubCode: "aop.ACQ.SYSTEM_ERROR"}, ill},
		"a status of somebody on the way":        {alipay.CallError{Code: "http_status", Status: 502}, ill},
		"an answer that nobody signed":           {alipay.CallError{Code: "bad_answer", Status: 200}, ill},
		"a question that has no place there":     {alipay.CallError{Code: "not_sent"}, nothing},
		"a caller who left":                      {alipay.CallError{Code: "canceled"}, nothing},
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
