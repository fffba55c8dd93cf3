package keyring_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"testing"

	"renzheng/keyring"
)

// TestThumbprint_KnownAnswer holds the key of RFC 7515 appendix A.3 against the recipe of RFC 7638 section 3 written
// out by hand: the required members in lexical order, without spaces, hashed.
func TestThumbprint_KnownAnswer(t *testing.T) {
	t.Parallel()
	const x, y = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
	sum := sha256.Sum256(fmt.Appendf(nil, `{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}`, x, y))
	want := base64.RawURLEncoding.EncodeToString(sum[:])
	const known = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"
	if want != known {
		t.Fatalf("got %s by hand, want %s", want, known)
	}
	public := &ecdsa.PublicKey{Curve: elliptic.P256(), X: number(t, x), Y: number(t, y)} //nolint:staticcheck // the vector has coordinates
	got, err := keyring.Thumbprint(public)
	if err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

func number(t *testing.T, text string) *big.Int {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return new(big.Int).SetBytes(raw)
}
