package store_test

import (
	"errors"
	"testing"

	"renzheng/sql/store"
)

func TestStore_RefusesAnEngineThatDoesNotFlush(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]error{"1": nil, "0": store.ErrNotDurable, "2": store.ErrNotDurable, "": store.ErrNotDurable} {
		if got := store.Flushes(setting); !errors.Is(got, want) {
			t.Errorf("setting %q: got %v, want %v", setting, got, want)
		}
	}
}
