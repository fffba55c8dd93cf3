package receipt_test

import (
	"bytes"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"renzheng/receipt"
)

// otherS returns the receipt with n−s instead of s, which is valid for the same statement and key.
func otherS(tb testing.TB, compact string) string {
	tb.Helper()
	at := strings.LastIndex(compact, ".") + 1
	signature := []byte(decode(tb, compact[at:]))
	s := new(big.Int).SetBytes(signature[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[32:])
	return compact[:at] + base64.RawURLEncoding.EncodeToString(signature)
}

func TestSeal_WritesTheLowerS(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	half := new(big.Int).Rsh(elliptic.P256().Params().N, 1)
	for range 32 { // half of all signatures have the higher s before it is replaced
		sealed := seal(t, key)
		signature := decode(t, sealed[strings.LastIndex(sealed, ".")+1:])
		if new(big.Int).SetBytes([]byte(signature[32:])).Cmp(half) > 0 {
			t.Fatal("got the higher s")
		}
		if got, err := receipt.Verify([]byte(sealed), published(t, key)); err != nil || !got.Intact {
			t.Fatalf("a receipt with a lower s does not verify: %v", err)
		}
	}
}

func TestVerify_RejectsEveryOtherTextOfAReceipt(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	sealed, trust := seal(t, key), published(t, key)
	file := string(pack(t, sealed, trust))
	var spaced bytes.Buffer
	if err := json.Indent(&spaced, []byte(file), "", " "); err != nil {
		t.Fatal(err)
	}
	alter := func(old, fresh string) string {
		altered := strings.Replace(file, old, fresh, 1)
		if altered == file {
			t.Fatalf("the package has no %s", old)
		}
		return altered
	}
	key2 := strings.TrimSuffix(strings.TrimPrefix(string(published(t, other)), `{"keys":[`), `]}`)
	for name, text := range map[string]string{
		"the other s":                        otherS(t, sealed),
		"a line break at the end":            sealed + "\n",
		"a space at the beginning":           " " + sealed,
		"a byte order mark":                  "\ufeff" + sealed,
		"a part behind it":                   sealed + ".",
		"padding":                            sealed + "=",
		"a package with the other s":         string(bytes.ReplaceAll([]byte(file), []byte(sealed), []byte(otherS(t, sealed)))),
		"an indented package":                spaced.String(),
		"a package with a line break":        file + "\n",
		"a package behind a space":           " " + file,
		"a package in another order":         `{"receipt":"` + sealed + `",` + strings.TrimPrefix(strings.Replace(file, `,"receipt":"`+sealed+`"`, "", 1), "{"),
		"a package with escapes":             alter(`"ES256"`, `"\u0045S256"`),
		"a package with an unknown member":   alter(`{`, `{"a":1,`),
		"a package with a member twice":      alter(`{`, `{"format":"renzheng-receipt/1",`),
		"a package with no keys":             alter(string(mustKeys(t, file)), `{"keys":[]}`),
		"a package with one more key":        alter(`{"keys":[{`, `{"keys":[`+canonicalKey(t, key2)+`,{`),
		"a package with the key of somebody": alter(string(mustKeys(t, file)), `{"keys":[`+canonicalKey(t, key2)+`]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := receipt.Verify([]byte(text), trust); !errors.Is(err, receipt.ErrMalformed) || got.Intact || got.Receipt != "" {
				t.Errorf("got intact %v, %v, want %v", got.Intact, err, receipt.ErrMalformed)
			}
		})
	}
	for _, text := range []string{sealed, file} {
		if got, err := receipt.Verify([]byte(text), trust); err != nil || got.Receipt != sealed {
			t.Errorf("the cases prove nothing, the one text is rejected: %v", err)
		}
	}
}

func mustKeys(tb testing.TB, file string) json.RawMessage {
	tb.Helper()
	var p receipt.Package
	if err := json.Unmarshal([]byte(file), &p); err != nil {
		tb.Fatal(err)
	}
	return p.Keys
}

// canonicalKey returns a key with its members in the order of RFC 8785.
func canonicalKey(tb testing.TB, key string) string {
	tb.Helper()
	var members map[string]string
	if err := json.Unmarshal([]byte(key), &members); err != nil {
		tb.Fatal(err)
	}
	sorted, err := json.Marshal(members)
	if err != nil {
		tb.Fatal(err)
	}
	return string(sorted)
}
