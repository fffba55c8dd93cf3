package keyring_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"renzheng/keyring"
)

var answer = keyring.AssociatedData{Table: "idempotency", Column: "answer", Row: "k_1"}

func TestRow_OpensAtItsPlaceOnly(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	sealed, err := ring.Seal(answer, []byte("201"))
	if err != nil {
		t.Fatal(err)
	}
	if got, openErr := ring.Open(answer, sealed); openErr != nil || string(got) != "201" {
		t.Fatalf("got %q, %v, want what was sealed", got, openErr)
	}
	moved := answer
	moved.Row = "k_2"
	if _, openErr := ring.Open(moved, sealed); !errors.Is(openErr, keyring.ErrOpen) {
		t.Errorf("got %v in another row, want %v", openErr, keyring.ErrOpen)
	}
	if _, openErr := open(t, generate(t)).Open(answer, sealed); !errors.Is(openErr, keyring.ErrUnknownKey) {
		t.Errorf("got %v under another master, want %v", openErr, keyring.ErrUnknownKey)
	}
	if _, sealErr := ring.Seal(keyring.AssociatedData{}, nil); !errors.Is(sealErr, keyring.ErrAssociatedData) {
		t.Errorf("got %v without associated data, want %v", sealErr, keyring.ErrAssociatedData)
	}
	for i := range sealed {
		altered := bytes.Clone(sealed)
		altered[i] ^= 1
		if _, openErr := ring.Open(answer, altered); openErr == nil {
			t.Errorf("byte %d can be altered", i)
		}
	}
}

func TestOpen_TakesTheShortestCiphertextAndNoShorter(t *testing.T) {
	t.Parallel()
	ring := open(t, generate(t))
	key, _ := newDataKey(t, ring, "subject/s_7")
	for name, c := range map[string]struct {
		seal func(keyring.AssociatedData, []byte) ([]byte, error)
		open func(keyring.AssociatedData, []byte) ([]byte, error)
	}{"row": {ring.Seal, ring.Open}, "field": {key.Seal, key.Open}} {
		sealed, err := c.seal(answer, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, openErr := c.open(answer, sealed); openErr != nil || len(got) != 0 {
			t.Errorf("%s: got %q, %v, want the empty plaintext", name, got, openErr)
		}
		for n := range sealed {
			if _, openErr := c.open(answer, sealed[:n]); !errors.Is(openErr, keyring.ErrOpen) {
				t.Errorf("%s: got %v for %d bytes", name, openErr, n)
			}
		}
	}
}

func TestRenew_MovesToTheNewestMaster(t *testing.T) {
	t.Parallel()
	file := generate(t)
	ring := open(t, file)
	sealed, err := ring.Seal(answer, []byte("201"))
	if err != nil {
		t.Fatal(err)
	}
	if _, changed, renewErr := ring.Renew(answer, sealed); renewErr != nil || changed {
		t.Errorf("got changed %v, %v under the newest master, want no change", changed, renewErr)
	}
	if reloadErr := ring.Reload(rotate(t, file, keyring.KindMaster, start)); reloadErr != nil {
		t.Fatal(reloadErr)
	}
	if got, openErr := ring.Open(answer, sealed); openErr != nil || string(got) != "201" {
		t.Errorf("got %q, %v under the old master, want what was sealed", got, openErr)
	}
	renewed, changed, err := ring.Renew(answer, sealed)
	if err != nil || !changed {
		t.Fatalf("got changed %v, %v, want a change", changed, err)
	}
	if got, openErr := ring.Open(answer, renewed); openErr != nil || string(got) != "201" {
		t.Errorf("got %q, %v after renewing, want what was sealed", got, openErr)
	}
	if _, changed, renewErr := ring.Renew(answer, renewed); renewErr != nil || changed {
		t.Errorf("got changed %v, %v, want no second change", changed, renewErr)
	}
}

func TestReload_IsSafeUnderUse(t *testing.T) {
	t.Parallel()
	file := generate(t)
	rotated := rotate(t, rotate(t, file, keyring.KindMaster, start), keyring.KindLookup, start)
	ring := open(t, rotated)
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for range 50 {
				_, wrapped, err := ring.NewDataKey("case/c_1")
				if err != nil {
					t.Error(err)
				}
				if _, err := ring.Unwrap("case/c_1", wrapped); err != nil {
					t.Error(err)
				}
				if len(ring.Hashes(keyring.ForCard, "6222")) == 0 || len(ring.JWKS()) == 0 {
					t.Error("got no keys")
				}
			}
		})
		work.Go(func() {
			for range 20 {
				if err := ring.Reload(rotated); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
}
