package keyring_test

import (
	"errors"
	"slices"
	"testing"

	"renzheng/keyring"
)

func TestList_NamesKeysInTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	introduced, err := keyring.Introduce(generate(t), keyring.KindLookup)
	if err != nil {
		t.Fatal(err)
	}
	file := rotate(t, rotate(t, introduced, keyring.KindMaster, start), keyring.KindSigning, start)
	published := keyIDs(t, open(t, file))
	for kind, want := range map[keyring.Kind][]keyring.Listed{
		keyring.KindMaster:  {{ID: "m2"}, {ID: "m1"}},
		keyring.KindLookup:  {{ID: "l1"}, {ID: "l2"}},
		keyring.KindSigning: {{published[0], start.Add(keyring.PublishAhead)}, {published[1], start}},
	} {
		if got, err := keyring.List(file, kind); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, want %v", kind, got, err, want)
		}
	}
	if _, err := keyring.List(file, "wrap"); !errors.Is(err, keyring.ErrKind) {
		t.Errorf("got %v, want %v", err, keyring.ErrKind)
	}
}
