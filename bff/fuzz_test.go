package bff_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"renzheng/bff"
)

func seeds() []string {
	return []string{
		`{}`, `[]`, `"\ud83d\ude00"`, `"\ud83d"`, `"\u0000"`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"A":1,"a":2}`, `-0`, `01`, `1e3`,
		`1.5`, `9007199254740993`, `null`, `true`, `tru`, `"\q"`, "\"\t\"", `{"a":[{"b":"c"}]} `, `[1,]`, `{"a"}`, "\xff", "\ufeff{}",
		strings.Repeat("[", 20), `{"a":"b"}{}`, `"\`, `"\u12`, `{"revision":1,"items":[],"signers":[]}`,
	}
}

func TestParseStrict(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		want any
		err  string
	}{
		"an object":                     {`{"a":"b","c":[1,true,false]}`, map[string]any{"a": "b", "c": []any{1.0, true, false}}, ""},
		"escapes":                       {`"\"\\\/\b\f\n\r\t\u4e2d\ud83d\ude00"`, "\"\\/\b\f\n\r\t中😀", ""},
		"spaces":                        {" \n{ \"a\" :\t1 } ", map[string]any{"a": 1.0}, ""},
		"a lone low surrogate":          {`"\udc00"`, nil, "lone_surrogate"},
		"a high one before another":     {`"\ud83d\ud83d"`, nil, "lone_surrogate"},
		"a high one before a character": {`"\ud83dx"`, nil, "lone_surrogate"},
		"an encoded surrogate":          {"\"\xed\xa0\x80\"", nil, "utf8"},
		"two members by an escape":      {`{"a":1,"\u0061":2}`, nil, "duplicate_member"},
		"two unknown members":           {`{"Ä":1,"Ä":2}`, nil, "duplicate_member"},
		"a control character":           {"\"\x01\"", nil, "syntax"},
		"a leading zero":                {`01`, nil, "trailing_data"},
		"a plus":                        {`+1`, nil, "syntax"},
		"a bare point":                  {`1.`, nil, "syntax"},
		"a comma too many":              {`[1,]`, nil, "syntax"},
		"a comment":                     {`{}//`, nil, "trailing_data"},
		"an unknown escape":             {`"\x41"`, nil, "syntax"},
		"an end in a string":            {`"abc`, nil, "syntax"},
		"an end in an escape":           {`"\u00`, nil, "syntax"},
		"seventeen levels":              {strings.Repeat("[", 18) + strings.Repeat("]", 18), nil, "depth"},
		"nothing":                       {``, nil, "body_missing"},
	}
	for name, test := range cases {
		got, err := bff.ParseStrict([]byte(test.text))
		if test.err != "" && (err == nil || err.Error() != test.err) {
			t.Errorf("%s: got %v, want %s", name, err, test.err)
		}
		if test.err == "" && (err != nil || !reflect.DeepEqual(got, test.want)) {
			t.Errorf("%s: got %#v, %v, want %#v", name, got, err, test.want)
		}
	}
}

// What the strict reader takes, encoding/json takes too, and reads the same.
func FuzzStrictJSON(f *testing.F) {
	for _, seed := range seeds() {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := bff.ParseStrict(data)
		if err != nil {
			return
		}
		var want any
		if err := json.Unmarshal(data, &want); err != nil || !utf8.Valid(data) {
			t.Fatalf("the strict reader took %q, encoding/json says %v", data, err)
		}
		if !sameDocument(got, want) {
			t.Fatalf("got %#v, want %#v", got, want)
		}
	})
}

// sameDocument compares up to what the strict reader keeps from every schema.
func sameDocument(got, want any) bool {
	switch g := got.(type) {
	case map[string]any:
		w, isObject := want.(map[string]any)
		if !isObject || len(g) != len(w) {
			return false
		}
		for name, value := range g {
			if !sameDocument(value, w[strings.TrimPrefix(name, "\x00")]) {
				return false
			}
		}
		return true
	case []any:
		w, isList := want.([]any)
		if !isList || len(g) != len(w) {
			return false
		}
		for i := range g {
			if !sameDocument(g[i], w[i]) {
				return false
			}
		}
		return true
	case string, float64, bool:
		return reflect.DeepEqual(got, want)
	}
	_, isNumber := want.(float64)
	return isNumber || want == nil
}

func FuzzRegistryPush(f *testing.F) {
	w := newWorld(f)
	sample, err := json.Marshal(sampleCase(1))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range append(seeds(), string(sample)) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got := w.send(t, request{
			method: http.MethodPut, path: "/registry/v1/cases/case-1", body: body, registry: "beijing",
		})
		if got.status >= http.StatusInternalServerError {
			t.Fatalf("got %d for %q", got.status, body)
		}
		if got.status < http.StatusBadRequest && !json.Valid([]byte(body)) {
			t.Fatalf("took %q", body)
		}
	})
}
