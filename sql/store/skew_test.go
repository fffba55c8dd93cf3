package store_test

import (
	"testing"
	"time"

	"renzheng/sql/store"
)

func TestSkew_CountsASlowAnswerAsAgreement(t *testing.T) {
	t.Parallel()
	before := time.UnixMilli(1_800_000_000_000)
	for _, c := range []struct{ ahead, took, want time.Duration }{
		{0, 0, 0},
		{time.Second, 3 * time.Second, 0}, // read a second after the question
		{3 * time.Second, 3 * time.Second, 0},
		{10 * time.Second, 3 * time.Second, 7 * time.Second},
		{-10 * time.Second, 3 * time.Second, -10 * time.Second},
	} {
		if got := store.SkewAt(before.Add(c.ahead), before, c.took); got != c.want {
			t.Errorf("%s ahead after %s: got %s, want %s", c.ahead, c.took, got, c.want)
		}
	}
}
