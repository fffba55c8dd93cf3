package keyring_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"renzheng/keyring"
)

var aad = keyring.AssociatedData{Table: "subjects", Column: "name", Row: "s_7"}

func newDataKey(tb testing.TB, ring *keyring.Keyring, owner string) (keyring.DataKey, keyring.WrappedKey) {
	tb.Helper()
	key, wrapped, err := ring.NewDataKey(owner)
	if err != nil {
		tb.Fatal(err)
	}
	return key, wrapped
}

func TestDataKey_OpensAfterUnwrapping(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	key, wrapped := newDataKey(t, ring, "subject/s_7")
	for _, plaintext := range []string{"", "张三", strings.Repeat("长", 5000)} {
		sealed, err := key.Seal(aad, []byte(plaintext))
		if err != nil {
			t.Fatal(err)
		}
		same, err := ring.Unwrap("subject/s_7", wrapped)
		if err != nil {
			t.Fatal(err)
		}
		got, err := same.Open(aad, sealed)
		if err != nil || string(got) != plaintext {
			t.Errorf("got %d bytes, %v, want the %d bytes that were sealed", len(got), err, len(plaintext))
		}
	}
}

func TestUnwrap_RefusesWhatIsNotTheOwners(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	_, wrapped := newDataKey(t, ring, "subject/s_7")
	if _, err := ring.Unwrap("subject/s_8", wrapped); !errors.Is(err, keyring.ErrOpen) {
		t.Errorf("got %v for another owner, want %v", err, keyring.ErrOpen)
	}
	if _, err := open(t, generate(t)).Unwrap("subject/s_7", wrapped); !errors.Is(err, keyring.ErrUnknownKey) {
		t.Errorf("got %v under another master, want %v", err, keyring.ErrUnknownKey)
	}
	if _, _, err := ring.NewDataKey(""); !errors.Is(err, keyring.ErrOwner) {
		t.Errorf("got %v without an owner, want %v", err, keyring.ErrOwner)
	}
	for i := range wrapped {
		altered := bytes.Clone(wrapped)
		altered[i] ^= 1
		if _, err := ring.Unwrap("subject/s_7", altered); err == nil {
			t.Errorf("byte %d can be altered", i)
		}
		if _, err := ring.Unwrap("subject/s_7", wrapped[:i]); !errors.Is(err, keyring.ErrOpen) {
			t.Errorf("got %v for %d bytes, want %v", err, i, keyring.ErrOpen)
		}
	}
}

func TestDataKey_OpensAtItsPlaceOnly(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	key, _ := newDataKey(t, ring, "subject/s_7")
	other, _ := newDataKey(t, ring, "subject/s_8")
	sealed, err := key.Seal(aad, []byte("张三"))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		key  keyring.DataKey
		at   keyring.AssociatedData
		want error
	}{
		"another row":              {key, keyring.AssociatedData{Table: "subjects", Column: "name", Row: "s_8"}, keyring.ErrOpen},
		"another column":           {key, keyring.AssociatedData{Table: "subjects", Column: "number", Row: "s_7"}, keyring.ErrOpen},
		"another table":            {key, keyring.AssociatedData{Table: "signers", Column: "name", Row: "s_7"}, keyring.ErrOpen},
		"the parts cut elsewhere":  {key, keyring.AssociatedData{Table: "subjectsn", Column: "ame", Row: "s_7"}, keyring.ErrOpen},
		"another owner":            {other, aad, keyring.ErrOpen},
		"no row":                   {key, keyring.AssociatedData{Table: "subjects", Column: "name"}, keyring.ErrAssociatedData},
		"a key that was never set": {keyring.DataKey{}, aad, keyring.ErrNoKey},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := c.key.Open(c.at, sealed); !errors.Is(err, c.want) || got != nil {
				t.Errorf("got %q, %v, want %v", got, err, c.want)
			}
		})
	}
	for i := range sealed {
		altered := bytes.Clone(sealed)
		altered[i] ^= 1
		if _, err := key.Open(aad, altered); !errors.Is(err, keyring.ErrOpen) {
			t.Errorf("byte %d can be altered", i)
		}
	}
}

func TestRewrap_MovesToTheNewestMaster(t *testing.T) {
	t.Parallel()
	file := generate(t)
	ring := open(t, file)
	key, wrapped := newDataKey(t, ring, "case/c_1")
	sealed, err := key.Seal(aad, []byte("content"))
	if err != nil {
		t.Fatal(err)
	}
	if same, changed, rewrapErr := ring.Rewrap("case/c_1", wrapped); rewrapErr != nil || changed || !bytes.Equal(same, wrapped) {
		t.Errorf("got changed %v, %v under the newest master, want no change", changed, rewrapErr)
	}
	if reloadErr := ring.Reload(rotate(t, file, keyring.KindMaster, start)); reloadErr != nil {
		t.Fatal(reloadErr)
	}
	if _, unwrapErr := ring.Unwrap("case/c_1", wrapped); unwrapErr != nil {
		t.Errorf("the old wrapping no longer opens: %v", unwrapErr)
	}
	if _, _, ownerErr := ring.Rewrap("case/c_2", wrapped); !errors.Is(ownerErr, keyring.ErrOpen) {
		t.Errorf("got %v for another owner, want %v", ownerErr, keyring.ErrOpen)
	}
	moved, changed, err := ring.Rewrap("case/c_1", wrapped)
	if err != nil || !changed {
		t.Fatalf("got changed %v, %v, want a change", changed, err)
	}
	same, err := ring.Unwrap("case/c_1", moved)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := same.Open(aad, sealed); err != nil || string(got) != "content" {
		t.Errorf("got %q, %v after rewrapping, want what was sealed", got, err)
	}
	if _, err := open(t, file).Unwrap("case/c_1", moved); !errors.Is(err, keyring.ErrUnknownKey) {
		t.Errorf("got %v from the old file, want %v", err, keyring.ErrUnknownKey)
	}
}

func TestSecrets_MaskThemselves(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	key, _ := newDataKey(t, ring, "case/c_1")
	signing := signingKey(t, ring, start)
	var out strings.Builder
	held := struct {
		Key     keyring.DataKey
		Signing keyring.SigningKey
	}{key, signing}
	fmt.Fprintf(&out, "%v %+v %#v %s %d %x\n", held, held, held, key, key, signing)
	slog.New(slog.NewTextHandler(&out, nil)).Info("keys", "key", key, "signing_key", signing, "held", held)
	if err := json.NewEncoder(&out).Encode(held); err != nil {
		t.Fatal(err)
	}
	secret, err := signing.Private.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{hex.EncodeToString(secret), fmt.Sprint(signing.Private.D), "gcm"} { //nolint:staticcheck // D is what fmt would print
		if strings.Contains(out.String(), leak) {
			t.Errorf("the output shows key material: %s", out.String())
		}
	}
	if !strings.Contains(out.String(), "[data key]") || !strings.Contains(out.String(), signing.ID) {
		t.Errorf("got %q, want the masks", out.String())
	}
}

func FuzzDataKeyOpen(f *testing.F) {
	ring := open(f, generate(f))
	key, wrapped := newDataKey(f, ring, "subject/s_7")
	sealed, err := key.Seal(aad, []byte("张三"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed, []byte(wrapped))
	f.Add([]byte{1}, []byte{1})
	f.Fuzz(func(t *testing.T, ciphertext, w []byte) {
		if got, err := key.Open(aad, ciphertext); err == nil && !bytes.Equal(ciphertext, sealed) {
			t.Fatalf("opened what was never sealed, %d bytes", len(got))
		}
		if _, err := ring.Unwrap("subject/s_7", w); err == nil && !bytes.Equal(w, wrapped) {
			t.Fatal("unwrapped what was never wrapped")
		}
		if _, err := ring.Open(aad, ciphertext); err == nil {
			t.Fatal("opened a field as a row")
		}
	})
}

// BenchmarkRequest is the hot path of one list of todos: twenty data keys unwrapped, a field of each opened.
func BenchmarkRequest(b *testing.B) {
	ring := open(b, generate(b))
	key, wrapped := newDataKey(b, ring, "subject/s_7")
	sealed, err := key.Seal(aad, bytes.Repeat([]byte("字"), 100))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for range 20 {
			k, err := ring.Unwrap("subject/s_7", wrapped)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := k.Open(aad, sealed); err != nil {
				b.Fatal(err)
			}
		}
	}
}
