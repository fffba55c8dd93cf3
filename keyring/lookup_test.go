package keyring_test

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"renzheng/keyring"
)

func TestHash_HasNoTwins(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	hashes := map[string]keyring.Hash{
		"one part":                   ring.Hash(keyring.ForSubject, "abc"),
		"cut after a":                ring.Hash(keyring.ForSubject, "a", "bc"),
		"cut after b":                ring.Hash(keyring.ForSubject, "ab", "c"),
		"an empty part before":       ring.Hash(keyring.ForSubject, "", "abc"),
		"an empty part after":        ring.Hash(keyring.ForSubject, "abc", ""),
		"nothing":                    ring.Hash(keyring.ForSubject),
		"one empty part":             ring.Hash(keyring.ForSubject, ""),
		"a length inside a part":     ring.Hash(keyring.ForSubject, "a\x00\x00\x00\x00\x00\x00\x00\x02bc"),
		"another use":                ring.Hash(keyring.ForAccount, "abc"),
		"a use that is not listed":   ring.Hash("elsewhere", "abc"),
		"the same under another key": open(t, generate(t)).Hash(keyring.ForSubject, "abc"),
	}
	for a, left := range hashes {
		if len(left) != sha256.Size {
			t.Errorf("%s: got %d bytes, want %d", a, len(left), sha256.Size)
		}
		for b, right := range hashes {
			if a != b && bytes.Equal(left, right) {
				t.Errorf("%s and %s have the same hash", a, b)
			}
		}
	}
}

// TestHash_KnownAnswer pins derivation and encoding: a change of either would lose every subject in a database.
func TestHash_KnownAnswer(t *testing.T) {
	t.Parallel()
	file := generate(t)
	first, ok := listed(t, file, "lookup")[0].(map[string]any)
	if !ok {
		t.Fatal("the look-up key is no object")
	}
	encoded, ok := first["key"].(string)
	if !ok {
		t.Fatal("the look-up key is no text")
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"renzheng/keyring/1/lookup", "renzheng/keyring/1/subject"} {
		if key, err = hkdf.Key(sha256.New, key, nil, label, 32); err != nil {
			t.Fatal(err)
		}
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("\x00\x00\x00\x00\x00\x00\x00\x02id\x00\x00\x00\x00\x00\x00\x00\x01X"))
	if got := open(t, file).Hash(keyring.ForSubject, "id", "X"); !bytes.Equal(got, mac.Sum(nil)) {
		t.Errorf("got %x, want %x", got, mac.Sum(nil))
	}
}

func TestHashes_FindsWhatAnOlderKeyWrote(t *testing.T) {
	t.Parallel()
	file := generate(t)
	ring := open(t, file)
	written := ring.Hash(keyring.ForSubject, "resident_id", "X")
	if err := ring.Reload(rotate(t, file, keyring.KindLookup, start)); err != nil {
		t.Fatal(err)
	}
	hashes := ring.Hashes(keyring.ForSubject, "resident_id", "X")
	if len(hashes) != 2 || !bytes.Equal(hashes[1], written) {
		t.Errorf("got %x, want %x second", hashes, written)
	}
	if !bytes.Equal(hashes[0], ring.Hash(keyring.ForSubject, "resident_id", "X")) {
		t.Error("the first of the hashes is not the newest")
	}
}

func TestCompareChecks_ReportsEveryDifference(t *testing.T) {
	t.Parallel()
	file := generate(t)
	mine := open(t, file).Checks()
	rotated := open(t, rotate(t, file, keyring.KindMaster, start)).Checks()
	cases := map[string]struct {
		mine, stored []keyring.Check
		want         []string
	}{
		"nothing stored yet":         {mine, nil, nil},
		"the same keys":              {mine, open(t, file).Checks(), nil},
		"a key that is new here":     {rotated, mine, nil},
		"a key that is unknown here": {mine, rotated, []string{`master key "m2" is in use`}},
		"other keys under the ids": {open(t, generate(t)).Checks(), rotated, []string{
			`master key "m1" has another value`, `lookup key "l1" has another value`, `master key "m2" is in use`,
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := keyring.CompareChecks(c.mine, c.stored)
			if (err != nil) != errors.Is(err, keyring.ErrOtherKeys) || (err == nil) != (c.want == nil) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q in it", err, want)
				}
			}
		})
	}
}
