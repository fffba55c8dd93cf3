package receipt_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"renzheng/receipt"
)

// TestCommit_KnownAnswers holds the canonical form to the examples of RFC 8785 section 3.2.2 and 3.2.3, and the layout
// around it to a digest made by hand.
func TestCommit_KnownAnswers(t *testing.T) {
	t.Parallel()
	salt := receipt.Salt{31: 7}
	cases := map[string]struct{ value, canonical string }{
		"numbers, text and literals": {
			`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
			  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
			`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
				`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
		},
		"members by UTF-16": {
			`{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,\"\ufb33\":3}",
		},
		"marks that Go escapes": {`"<&>"`, `"<&>"`},
		"nothing":               {`null`, `null`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sum := sha256.Sum256([]byte("d/1\x00" + string(salt[:]) + c.canonical))
			want := base64.RawURLEncoding.EncodeToString(sum[:])
			got, err := receipt.Commit("d/1", salt, json.RawMessage(c.value))
			if err != nil || string(got) != want {
				t.Errorf("got %s, %v, want %s", got, err, want)
			}
		})
	}
}

func TestCommit_RefusesWhatItCannotBind(t *testing.T) {
	t.Parallel()
	salt := newSalt(t)
	cases := map[string]struct {
		domain string
		salt   receipt.Salt
		value  any
		want   error
	}{
		"no domain":               {"", salt, 1, receipt.ErrDomain},
		"a domain with a zero":    {"a\x00b", salt, 1, receipt.ErrDomain},
		"a domain too long":       {strings.Repeat("a", 65), salt, 1, receipt.ErrDomain},
		"a salt never drawn":      {"a", receipt.Salt{}, 1, receipt.ErrSalt},
		"a member twice":          {"a", salt, json.RawMessage(`{"a":1,"a":2}`), receipt.ErrValue},
		"too many levels":         {"a", salt, json.RawMessage(strings.Repeat("[", 33) + strings.Repeat("]", 33)), receipt.ErrValue},
		"a lone surrogate":        {"a", salt, json.RawMessage(`"\ud800"`), receipt.ErrValue},
		"broken UTF-8":            {"a", salt, json.RawMessage("\"\xff\""), receipt.ErrValue},
		"broken JSON":             {"a", salt, json.RawMessage(`{"name":"sentinel"`), receipt.ErrValue},
		"not a number":            {"a", salt, math.NaN(), receipt.ErrValue},
		"what JSON has no way to": {"a", salt, func() {}, receipt.ErrValue},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := receipt.Commit(c.domain, c.salt, c.value)
			if !errors.Is(err, c.want) || got != "" {
				t.Errorf("got %q, %v, want %v", got, err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "sentinel") {
				t.Errorf("the error quotes the value: %v", err)
			}
		})
	}
}

func TestOpens_TellsTheValueFromAllOthers(t *testing.T) {
	t.Parallel()
	salt := newSalt(t)
	value := map[string]string{"name": "张三"}
	commitment, err := receipt.Commit("a", salt, value)
	if err != nil {
		t.Fatal(err)
	}
	if !receipt.Opens("a", salt, value, commitment) {
		t.Error("the value does not open its commitment")
	}
	if !receipt.Opens("a", salt, json.RawMessage(`{ "name": "\u5f20\u4e09" }`), commitment) {
		t.Error("the same value in another spelling does not open it")
	}
	for name, opens := range map[string]bool{
		"another value":       receipt.Opens("a", salt, map[string]string{"name": "李四"}, commitment),
		"another salt":        receipt.Opens("a", newSalt(t), value, commitment),
		"another domain":      receipt.Opens("b", salt, value, commitment),
		"another commitment":  receipt.Opens("a", salt, value, commitment[1:]),
		"no salt":             receipt.Opens("a", receipt.Salt{}, value, ""),
		"what is not a value": receipt.Opens("a", salt, func() {}, ""),
	} {
		if opens {
			t.Errorf("%s opens it", name)
		}
	}
}

func TestNewSalt_NeedsAllItsBytes(t *testing.T) {
	t.Parallel()
	if _, err := receipt.NewSalt(strings.NewReader("short")); err == nil {
		t.Error("got a salt from a source that ended")
	}
}

func TestSalt_ReadsOnlyWhatItWrites(t *testing.T) {
	t.Parallel()
	salt := newSalt(t)
	text, err := salt.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var same receipt.Salt
	if err := same.UnmarshalText(text); err != nil || same != salt {
		t.Errorf("got %v, want the same salt", err)
	}
	for _, bad := range []string{"", string(text[1:]), string(text) + "\n", string(text) + "=", string(text[:42]) + "*"} {
		if err := same.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("read a salt from %d characters that none was written as", len(bad))
		}
	}
}
