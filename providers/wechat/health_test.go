package wechat_test

import (
	"testing"

	"renzheng/providers/providerstest"
	"renzheng/providers/wechat"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	providerstest.RunHealth(t, func(r providerstest.Rejection) error {
		return wechat.Rejected(r.Code)
	}, map[string]providerstest.Rejection{
		"a login code that was used": {Code: "40029"},
	}, map[string]providerstest.Rejection{
		"a platform that is busy":         {Code: "-1"},
		"more calls than a minute allows": {Code: "45011"},
		"more calls than a day allows":    {Code: "45009"},
	})
}
