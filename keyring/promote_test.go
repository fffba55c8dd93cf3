package keyring_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"renzheng/keyring"
)

func TestPromote_LetsNoReplicaMeetWhatItCannotRead(t *testing.T) {
	t.Parallel()
	before := generate(t)
	introduced := step(t, keyring.Introduce, before)
	promoted := step(t, keyring.Promote, introduced)
	place := keyring.AssociatedData{Table: "t", Column: "c", Row: "r"}
	for name, pair := range map[string][2][]byte{
		"one that only reads the new key, after one that has none": {before, introduced},
		"one that writes with the new key, for one that reads it":  {promoted, introduced},
		"one that reads the new key, for one that writes with it":  {introduced, promoted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			writer, reader := open(t, pair[0]), open(t, pair[1])
			sealed, err := writer.Seal(place, []byte("text"))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := reader.Open(place, sealed); err != nil || !bytes.Equal(got, []byte("text")) {
				t.Errorf("got %q, %v, want the text", got, err)
			}
			if !slices.ContainsFunc(reader.Hashes(keyring.ForCode, "v"), func(h keyring.Hash) bool {
				return bytes.Equal(h, writer.Hash(keyring.ForCode, "v"))
			}) {
				t.Error("the reader does not find what the writer wrote")
			}
		})
	}
}

func TestPromote_RefusesWhereNoKeyWaits(t *testing.T) {
	t.Parallel()
	promoted := step(t, keyring.Promote, step(t, keyring.Introduce, generate(t)))
	for name, file := range map[string][]byte{"one key": generate(t), "promoted already": promoted} {
		if _, err := keyring.Promote(file, keyring.KindMaster); !errors.Is(err, keyring.ErrNotWaiting) {
			t.Errorf("%s: got %v, want %v", name, err, keyring.ErrNotWaiting)
		}
	}
	if _, err := keyring.Introduce(promoted, keyring.KindSigning); !errors.Is(err, keyring.ErrKind) {
		t.Errorf("a signing key: got %v, want %v", err, keyring.ErrKind)
	}
}

// step applies one step to the master and the look-up keys.
func step(t *testing.T, change func([]byte, keyring.Kind) ([]byte, error), file []byte) []byte {
	t.Helper()
	for _, kind := range []keyring.Kind{keyring.KindMaster, keyring.KindLookup} {
		next, err := change(file, kind)
		if err != nil {
			t.Fatal(err)
		}
		file = next
	}
	return file
}
