package random_test

import (
	"bytes"
	"strings"
	"testing"

	"renzheng/random"
)

func TestCode_IsReadInEverySpelling(t *testing.T) {
	t.Parallel()
	code, err := random.Code(bytes.NewReader([]byte{0, 1, 2, 3, 31, 30, 29, 255}), "T")
	if err != nil || code != "T-0123-ZYXZ" {
		t.Fatalf("got %q, %v", code, err)
	}
	for _, words := range []string{code, strings.ToLower(code), " t0123zyxz ", "T O1 23 ZYXZ", "t-oi23-zyxz", "T-0L23-ZYXZ", "Ｔ－０１２３－ｚｙｘｚ", "T—0123—ZYXZ", "T0123\u3000ZYXZ"} {
		if got := random.ReadCode(words, "T"); got != code {
			t.Errorf("%q: got %q, want %q", words, got, code)
		}
	}
	for _, words := range []string{"", "T", "0123-ZYXZ", "A-0123-ZYXZ", "T-0123-ZYX", "T-0123-ZYXZZ", "T-U123-ZYXZ", "T-0123-ZYX一"} {
		if got := random.ReadCode(words, "T"); got != "" {
			t.Errorf("%q: got %q, want none", words, got)
		}
	}
}

func TestCode_FailsWithoutRandomness(t *testing.T) {
	t.Parallel()
	if code, err := random.Code(bytes.NewReader([]byte{1}), "T"); err == nil {
		t.Errorf("got %q", code)
	}
}
