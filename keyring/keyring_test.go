package keyring_test

import (
	"encoding/json"
	"testing"
	"time"

	"renzheng/keyring"
)

var start = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func generate(tb testing.TB) []byte {
	tb.Helper()
	file, err := keyring.Generate(start)
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

func open(tb testing.TB, file []byte) *keyring.Keyring {
	tb.Helper()
	ring, err := keyring.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	return ring
}

func rotate(tb testing.TB, file []byte, kind keyring.Kind, now time.Time) []byte {
	tb.Helper()
	rotated, err := keyring.Rotate(file, kind, now)
	if err != nil {
		tb.Fatal(err)
	}
	return rotated
}

// edit decodes a key file, lets change alter it, and encodes it again.
func edit(tb testing.TB, file []byte, change func(top map[string]any)) []byte {
	tb.Helper()
	var top map[string]any
	if err := json.Unmarshal(file, &top); err != nil {
		tb.Fatal(err)
	}
	change(top)
	edited, err := json.Marshal(top)
	if err != nil {
		tb.Fatal(err)
	}
	return edited
}

// entry returns element i of a list of the key file.
func entry(tb testing.TB, top map[string]any, list string, i int) map[string]any {
	tb.Helper()
	elements, ok := top[list].([]any)
	if !ok || len(elements) <= i {
		tb.Fatalf("list %s has no element %d", list, i)
	}
	element, ok := elements[i].(map[string]any)
	if !ok {
		tb.Fatalf("element %d of %s is no object", i, list)
	}
	return element
}
