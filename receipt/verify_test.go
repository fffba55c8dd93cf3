package receipt_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"renzheng/receipt"
)

func TestVerify_SaysWhatIsKnown(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	sealed := seal(t, key)
	file := pack(t, sealed, published(t, other, key))
	cases := map[string]struct {
		file    []byte
		trust   []byte
		intact  bool
		trusted bool
		message string
		want    error
	}{
		"a receipt with a trusted key":            {[]byte(sealed), published(t, key), true, true, "intact, signing key trusted", nil},
		"a receipt with other trusted keys":       {[]byte(sealed), published(t, other), false, false, "signing key unknown, not checked", receipt.ErrKeyUnknown},
		"a receipt without trust":                 {[]byte(sealed), nil, false, false, "signing key unknown, not checked", receipt.ErrKeyUnknown},
		"a package with a trusted key":            {file, published(t, other, key), true, true, "intact, signing key trusted", nil},
		"a package with other trusted keys":       {file, published(t, other), true, false, "intact, signing key unknown", receipt.ErrKeyUnknown},
		"a package without trust":                 {file, nil, true, false, "intact, signing key unknown", receipt.ErrKeyUnknown},
		"trust that is an empty file":             {file, []byte{}, false, false, "not verified", receipt.ErrTrust},
		"trust that is larger than any set":       {file, make([]byte, 1<<20+1), false, false, "not verified", receipt.ErrTrust},
		"a file that is larger than any receipt":  {make([]byte, 64<<10+1), nil, false, false, "not verified", receipt.ErrTooLarge},
		"an empty file":                           {nil, nil, false, false, "not verified", receipt.ErrMalformed},
		"a package without the key it was sealed": {pack(t, seal(t, other), published(t, other)), published(t, key), true, false, "intact, signing key unknown", receipt.ErrKeyUnknown},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := receipt.Verify(c.file, c.trust)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if got.Intact != c.intact || got.KeyTrusted != c.trusted || got.Message != c.message {
				t.Errorf("got intact %v, trusted %v, %q", got.Intact, got.KeyTrusted, got.Message)
			}
			if got.Intact == (got.Statement.TodoID == "") {
				t.Error("a statement is given exactly when it is intact, and was not")
			}
		})
	}
}

func TestVerify_GivesBackTheStatement(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	want, _ := confirmed(t)
	want.Environment = receipt.Sandbox
	sealed, err := receipt.Seal(want, key)
	if err != nil {
		t.Fatal(err)
	}
	got, err := receipt.Verify([]byte(sealed), published(t, key))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Statement); diff != "" {
		t.Errorf("the statement changed (-want +got):\n%s", diff)
	}
	if got.KeyID != key.ID || got.Message != "intact, signing key trusted, sandbox: proves nothing" {
		t.Errorf("got key %s, %q", got.KeyID, got.Message)
	}
}

func TestVerify_RefusesWhatSealDoesNotWrite(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	parts := strings.Split(seal(t, key), ".")
	payload := decode(t, parts[1])
	head := `{"alg":"ES256","kid":"` + key.ID + `","typ":"renzheng-receipt+jws"`
	embedded := strings.TrimSuffix(strings.TrimPrefix(string(published(t, key)), `{"keys":[`), `]}`)
	alter := func(old, fresh string) string { return sign(t, key, head+"}", strings.Replace(payload, old, fresh, 1)) }
	cases := map[string]string{
		"algorithm none":              base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".",
		"another algorithm":           sign(t, key, strings.Replace(head, "ES256", "HS256", 1)+"}", payload),
		"another type":                sign(t, key, strings.Replace(head, "renzheng-receipt+jws", "JWT", 1)+"}", payload),
		"no type":                     sign(t, key, `{"alg":"ES256","kid":"`+key.ID+`"}`, payload),
		"an embedded key":             sign(t, key, head+`,"jwk":`+embedded+`}`, payload),
		"the address of a key":        sign(t, key, head+`,"jku":"https://evil.example/jwks"}`, payload),
		"a certificate":               sign(t, key, head+`,"x5c":[]}`, payload),
		"a critical extension":        sign(t, key, head+`,"crit":["b64"],"b64":false}`, payload),
		"the key id twice":            sign(t, key, head+`,"kid":"other"}`, payload),
		"a header with spaces":        sign(t, key, head+" }", payload),
		"a member in capitals":        sign(t, key, strings.Replace(head, `"alg"`, `"Alg"`, 1)+"}", payload),
		"a member of the header null": sign(t, key, `{"alg":"ES256","kid":null,"typ":"renzheng-receipt+jws"}`, payload),
		"a statement with spaces":     alter(`{`, `{ `),
		"a statement member twice":    alter(`{`, `{"version":1,`),
		"a statement member unknown":  alter(`{`, `{"aaa":1,`),
		"a statement of version two":  alter(`"version":1`, `"version":2`),
		"a statement without sense":   alter(`"confirmed"`, `"refused"`),
		"a statement in another case": alter(`"decision"`, `"Decision"`),
		"no JSON":                     sign(t, key, head+"}", "words"),
		"two parts":                   parts[0] + "." + parts[1],
		"four parts":                  strings.Join(parts, ".") + ".e30",
		"padding":                     strings.Join(parts, ".") + "==",
		"a line break inside":         parts[0] + "." + parts[1][:8] + "\n" + parts[1][8:] + "." + parts[2],
		"the JSON form of a JWS":      `{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`,
	}
	if _, err := receipt.Verify([]byte(sign(t, key, head+"}", payload)), published(t, key)); err != nil {
		t.Fatalf("the cases prove nothing, the unchanged one is rejected: %v", err)
	}
	for name, sealed := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := receipt.Verify([]byte(sealed), published(t, key))
			if !errors.Is(err, receipt.ErrMalformed) || got.Intact {
				t.Errorf("got intact %v, %v, want %v", got.Intact, err, receipt.ErrMalformed)
			}
		})
	}
}

// The members need not be known, nor the text whole: depth is counted before anything is read.
func TestVerify_RejectsDeepNesting(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	sealed := seal(t, key)
	const names = "is nested too deeply"
	for name, c := range map[string]struct {
		text  string
		named bool
	}{
		"at the bound":             {`{"a":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}`, false},
		"above the bound":          {`{"a":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`, true},
		"objects above the bound":  {strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33), true},
		"never closed":             {`{"a":` + strings.Repeat("[", 16000), true},
		"behind a repeated member": {`{"a":1,"a":` + strings.Repeat("[", 16000), true},
		"within a text":            {`{"a":"` + strings.Repeat("[", 40) + `"}`, false},
		"behind an escaped quote":  {`{"a":"\"` + strings.Repeat("[", 40) + `"}`, false},
		"beside each other":        {`{"a":[` + strings.Repeat("[],", 40) + `[]]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, packaged := receipt.Verify([]byte(c.text), nil)
			_, trust := receipt.Verify([]byte(sealed), []byte(c.text))
			_, header := receipt.Verify([]byte(sign(t, key, c.text, c.text)), nil)
			for what, err := range map[string]error{"package": packaged, "trusted keys": trust, "header": header} {
				if err == nil || strings.Contains(err.Error(), names) != c.named {
					t.Errorf("%s: got %v, want %q in it: %v", what, err, names, c.named)
				}
			}
		})
	}
}

func TestVerify_PrefersTheTrustedKey(t *testing.T) {
	t.Parallel()
	key, thief := newKey(t), newKey(t)
	forged := sign(
		t, thief, `{"alg":"ES256","kid":"`+key.ID+`","typ":"renzheng-receipt+jws"}`,
		decode(t, strings.Split(seal(t, key), ".")[1]),
	)
	if got, err := receipt.Verify([]byte(forged), published(t, key)); !errors.Is(err, receipt.ErrAltered) || got.Intact {
		t.Errorf("got intact %v, %v, want %v", got.Intact, err, receipt.ErrAltered)
	}
	own := string(mustKeys(t, string(pack(t, seal(t, thief), published(t, thief)))))
	for name, keys := range map[string]string{
		"under a borrowed id": strings.ReplaceAll(own, thief.ID, key.ID),
		"under its own id":    own,
	} {
		file := `{"format":"renzheng-receipt/1","keys":` + keys + `,"receipt":"` + forged + `"}`
		if got, err := receipt.Verify([]byte(file), published(t, key)); !errors.Is(err, receipt.ErrMalformed) || got.Intact {
			t.Errorf("a key %s: got intact %v, %v, want %v", name, got.Intact, err, receipt.ErrMalformed)
		}
	}
}

func TestVerify_DetectsEveryFlippedByte(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	sealed := []byte(seal(t, key))
	trust := published(t, key)
	const neighbour, otherCase = 0x01, 0x20 // the next letter, and the other case of one
	file := pack(t, string(sealed), trust)
	cases := map[string]struct {
		file, trust []byte
		mask        byte
	}{
		"a receipt with trust":                  {sealed, trust, neighbour},
		"a package with trust":                  {file, trust, otherCase},
		"a package without trust":               {file, nil, neighbour},
		"a package without trust, in its cases": {file, nil, otherCase},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range c.file {
				altered := bytes.Clone(c.file)
				altered[i] ^= c.mask
				if got, err := receipt.Verify(altered, c.trust); err == nil || got.Intact {
					t.Fatalf("byte %d xor %x is not noticed (%v)", i, c.mask, err)
				}
			}
		})
	}
}

func decode(tb testing.TB, part string) string {
	tb.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}

func FuzzVerify(f *testing.F) {
	key := newKey(f)
	want, _ := confirmed(f)
	sealed, err := receipt.Seal(want, key)
	if err != nil {
		f.Fatal(err)
	}
	trust := published(f, key)
	f.Add([]byte(sealed), trust)
	f.Add(pack(f, sealed, trust), trust)
	f.Add([]byte(`{"format":"renzheng-receipt/1","keys":{"keys":[]},"receipt":"e30.e30."}`), []byte(`{"keys":null}`))
	f.Fuzz(func(t *testing.T, file, trusted []byte) {
		if got, err := receipt.Verify(file, trust); err == nil && !cmp.Equal(got.Statement, want) {
			t.Fatalf("verified what was never sealed: %+v", got)
		}
		if got, err := receipt.Verify(file, trusted); (err == nil) != got.KeyTrusted || got.KeyTrusted && !got.Intact {
			t.Fatalf("got %v with trusted %v, intact %v", err, got.KeyTrusted, got.Intact)
		}
	})
}
