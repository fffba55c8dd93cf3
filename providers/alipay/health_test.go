package alipay_test

import (
	"testing"

	"renzheng/providers/alipay"
	"renzheng/providers/providerstest"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	providerstest.RunHealth(t, func(r providerstest.Rejection) error {
		return alipay.Rejected(r.Code, r.SubCode)
	}, map[string]providerstest.Rejection{
		"a wrong parameter":                      {Code: "40002", SubCode: "isv.invalid-parameter"},
		"a check that the person did not finish": {Code: "40004", SubCode: "OPEN_CERTIFY_BILL_STATUS_ERROR"},
	}, map[string]providerstest.Rejection{
		"a service that is down":      {Code: "20000", SubCode: "isp.unknow-error"},
		"an error behind the gateway": {Code: "40004", SubCode: "aop.ACQ.SYSTEM_ERROR"},
	})
}
