package keyring_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"renzheng/keyring"
)

func TestRotate_RefusesAnUnknownKind(t *testing.T) {
	t.Parallel()
	if _, err := keyring.Rotate(generate(t), "wrap", start); !errors.Is(err, keyring.ErrKind) {
		t.Errorf("got %v, want %v", err, keyring.ErrKind)
	}
}

func TestRotate_PutsANewKeyInFront(t *testing.T) {
	t.Parallel()
	file := rotate(t, rotate(t, generate(t), keyring.KindMaster, start), keyring.KindLookup, start)
	want := []string{"master m2", "master m1", "lookup l2", "lookup l1"}
	checks := open(t, file).Checks()
	if len(checks) != len(want) {
		t.Fatalf("got %d checks, want %d", len(checks), len(want))
	}
	for i, c := range checks {
		if got := c.Kind + " " + c.ID; got != want[i] {
			t.Errorf("got %q, want %q", got, want[i])
		}
	}
}

func TestRotate_PublishesASigningKeyAheadOfUse(t *testing.T) {
	t.Parallel()
	file := generate(t)
	first := signingKey(t, open(t, file), start)
	ring := open(t, rotate(t, file, keyring.KindSigning, start))
	if got := keyIDs(t, ring); len(got) != 2 || got[1] != first.ID {
		t.Fatalf("got published keys %v, want a new one before %s", got, first.ID)
	}
	begins := start.Add(keyring.PublishAhead)
	if got := signingKey(t, ring, begins.Add(-time.Second)); got.ID != first.ID {
		t.Errorf("got the new key a second too early")
	}
	if got, want := signingKey(t, ring, begins).ID, keyIDs(t, ring)[0]; got != want {
		t.Errorf("got %s, want the new key %s", got, want)
	}
}

func TestRotate_KeepsThePublicHalfOfRetiredSigningKeys(t *testing.T) {
	t.Parallel()
	file := generate(t)
	ring := open(t, file)
	seen := keyIDs(t, ring)
	for day := range 5 {
		file = rotate(t, file, keyring.KindSigning, start.AddDate(0, 0, 2*day))
		if err := ring.Reload(file); err != nil {
			t.Fatalf("rotation %d does not load: %v", day, err)
		}
		ids := keyIDs(t, ring)
		if len(ids) != len(seen)+1 {
			t.Fatalf("got %d public keys after rotation %d, want %d", len(ids), day, len(seen)+1)
		}
		seen = ids
	}
	if got := len(listed(t, file, "signing")); got != 2 {
		t.Errorf("got %d private signing keys, want the present and the next", got)
	}
	if bytes.Contains(ring.JWKS(), []byte(`"d"`)) {
		t.Error("the public key set holds a private key")
	}
}

func TestRotate_KeepsTheOrderWhenTheClockWentBack(t *testing.T) {
	t.Parallel()
	file := rotate(t, generate(t), keyring.KindSigning, start)
	file = rotate(t, file, keyring.KindSigning, start.AddDate(-1, 0, 0))
	if got := len(keyIDs(t, open(t, file))); got != 3 {
		t.Errorf("got %d public keys, want 3", got)
	}
}

func TestSigning_FailsBeforeTheFirstKeyIsUsed(t *testing.T) {
	t.Parallel()
	_, err := open(t, generate(t)).SigningKey(start.Add(-time.Second))
	if !errors.Is(err, keyring.ErrNoSigningKey) {
		t.Errorf("got %v, want %v", err, keyring.ErrNoSigningKey)
	}
}

func signingKey(t *testing.T, ring *keyring.Keyring, now time.Time) keyring.SigningKey {
	t.Helper()
	key, err := ring.SigningKey(now)
	if err != nil {
		t.Fatal(err)
	}
	want, err := keyring.Thumbprint(&key.Private.PublicKey)
	if err != nil || key.ID != want {
		t.Fatalf("got key id %s, want the thumbprint %s (%v)", key.ID, want, err)
	}
	return key
}

func keyIDs(t *testing.T, ring *keyring.Keyring) []string {
	t.Helper()
	var set struct {
		Keys []struct {
			KeyID string `json:"kid"`
		} `json:"keys"`
	}
	if err := json.Unmarshal(ring.JWKS(), &set); err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(set.Keys))
	for i, k := range set.Keys {
		ids[i] = k.KeyID
	}
	return ids
}

func listed(t *testing.T, file []byte, list string) []any {
	t.Helper()
	elements, ok := listOf(t, file, list).([]any)
	if !ok {
		t.Fatalf("%s is no list", list)
	}
	return elements
}
