package kit_test

import (
	"testing"

	"renzheng/providers/kit"
)

func TestWellFormed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "a": true, "aZ09-_": true, "abcdefg": false, "a b": false, "a.b": false, "é": false, "@": false, "[": false, "`": false, "{": false,
	} {
		if got := kit.WellFormed(text, 6, "-_"); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}
