package agency_test

import (
	"testing"

	"renzheng/providers/agency"
	"renzheng/providers/providerstest"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	providerstest.RunHealth(t, func(r providerstest.Rejection) error {
		return agency.Rejected(r.Code, r.Status)
	}, map[string]providerstest.Rejection{
		"a document that it does not check": {Code: "document_unsupported", Status: 422},
		"a code of its own":                 {Code: "closed_today", Status: 422},
	}, map[string]providerstest.Rejection{
		"a gateway that is busy":  {Code: "busy", Status: 503},
		"an error inside":         {Code: "internal", Status: 500},
		"a code that is not read": {Code: "1", Status: 500},
	})
}
