package tencentcloud_test

import (
	"testing"

	"renzheng/providers/providerstest"
	"renzheng/providers/tencentcloud"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	providerstest.RunHealth(t, func(r providerstest.Rejection) error {
		return tencentcloud.Rejected(r.Code)
	}, map[string]providerstest.Rejection{
		"a key that may not":          {Code: "AuthFailure.SecretIdNotFound"},
		"a parameter that is missing": {Code: "MissingParameter"},
	}, map[string]providerstest.Rejection{
		"more calls than allowed":        {Code: "RequestLimitExceeded.IPLimitExceeded"},
		"an error inside":                {Code: "InternalError"},
		"an operation that did not work": {Code: "FailedOperation.UnKnown"},
	})
}
