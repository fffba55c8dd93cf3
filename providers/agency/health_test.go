package agency_test

import (
	"testing"

	"renzheng/providers/agency"
)

func TestError_Health(t *testing.T) {
	t.Parallel()
	type says struct{ well, known bool }
	works, ill, nothing := says{true, true}, says{false, true}, says{}
	cases := map[string]struct {
		err  agency.Error
		want says
	}{
		"a document that it does not check":  {agency.Error{Code: "document_unsupported", Status: 422}, works},
		"a code of its own":                  {agency.Error{Code: "closed_today", Status: 422}, works},
		"a gateway that is busy":             {agency.Error{Code: "busy", Status: 503}, ill},
		"a fault inside":                     {agency.Error{Code: "internal", Status: 500}, ill},
		"an answer that nobody signed":       {agency.Error{Code: "unsigned", Status: 200}, ill},
		"an answer about somebody else":      {agency.Error{Code: "other_subject", Status: 200}, ill},
		"a question that has no place there": {agency.Error{Code: "not_asked"}, nothing},
		"a caller who left":                  {agency.Error{Code: "cancelled"}, nothing},
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
