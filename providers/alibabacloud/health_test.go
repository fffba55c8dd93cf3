package alibabacloud_test

import (
	"testing"

	"renzheng/providers/alibabacloud"
	"renzheng/providers/providerstest"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	providerstest.RunHealth(t, func(r providerstest.Rejection) error {
		return alibabacloud.Rejected(r.Code, r.Status)
	}, map[string]providerstest.Rejection{
		"a bill that is not paid":     {Code: "412", Status: 200},
		"a parameter that is missing": {Code: "MissingParameter", Status: 400},
	}, map[string]providerstest.Rejection{
		"more calls than allowed":     {Code: "Throttling.User", Status: 400},
		"a source that is down":       {Code: "500", Status: 200},
		"words over a server's error": {Code: "SomethingNew", Status: 503},
	})
}
