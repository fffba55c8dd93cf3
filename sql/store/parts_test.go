package store_test

import (
	"slices"
	"testing"

	"renzheng/sql/store"
)

func TestParts_AreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for _, parts := range [][]string{{}, {""}, {"", "a\nb", "𠮷"}, {string(make([]byte, 300)), "x"}} {
		got := make([]string, len(parts))
		into := make([]*string, len(parts))
		for i := range got {
			into[i] = &got[i]
		}
		joined := store.JoinParts(parts...)
		if !store.SplitParts(joined, into...) || !slices.Equal(got, parts) {
			t.Errorf("got %q, want %q", got, parts)
		}
	}
}

func FuzzSplitParts(f *testing.F) {
	f.Add(store.JoinParts("a", "", "𠮷"))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Add([]byte{5, 'a'})
	f.Fuzz(func(t *testing.T, joined []byte) {
		var one, two, three string
		if store.SplitParts(joined, &one, &two, &three) && len(one)+len(two)+len(three) > len(joined) {
			t.Errorf("got %q, %q and %q of %d bytes", one, two, three, len(joined))
		}
	})
}
