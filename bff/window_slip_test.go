package bff_test

import (
	"strings"
	"testing"

	"renzheng/bff"
)

// A clerk finds what was tried by the code, however the person writes it.
func TestSlip_LeadsToItsSession(t *testing.T) {
	t.Parallel()
	const id = "ses_0123456789abcdef0123456789ab"
	code, ok := bff.SessionSlip(id)
	if !ok || len(code) != len("7K2M-93QF") {
		t.Fatalf("got %q, %v", code, ok)
	}
	for _, written := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", " "), " " + code + " ", strings.ReplaceAll(code, "-", "－"), strings.ReplaceAll(code, "0", "o")} {
		if prefix, ok := bff.SessionOfSlip(written); !ok || prefix != "ses_0123456789" {
			t.Errorf("%q: got %q, %v, want the beginning of the session's id", written, prefix, ok)
		}
	}
	for _, other := range []string{"", "7K2M", "7K2M-93QU", "7K2M-93QF-7", id, "张三"} {
		if prefix, ok := bff.SessionOfSlip(other); ok {
			t.Errorf("%q: got %q, want that it is no code", other, prefix)
		}
	}
}

func TestSlip_NeedsASessionOfOurs(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "ses_", "ses_0123", "ses_0123456789"[:len("ses_0123456789")-1], "acc_0123456789ab", "ses_xyz3456789ab"} {
		if code, ok := bff.SessionSlip(id); ok {
			t.Errorf("%q: got %q, want none", id, code)
		}
	}
}
