package strictjson_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"renzheng/strictjson"
)

func asError(err error, into **strictjson.Error) bool { return errors.As(err, into) }

// What Parse accepts, encoding/json accepts too and reads the same, and so do the other readers of this package.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `"\ud83d\ude00"`, `"\ud83d"`, `"\u0000"`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"A":1,"a":2}`, `-0`, `01`, `1e3`,
		`1.5`, `9007199254740993`, `null`, `true`, `tru`, `"\q"`, "\"\t\"", `{"a":[{"b":"c"}]} `, `[1,]`, `{"a"}`, "\xff", "\ufeff{}",
		strings.Repeat("[", 20), `{"a":"b"}{}`, `"\`, `"\u12`, `{"revision":1,"items":[],"signers":[]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := strictjson.Parse(data)
		var decoded any
		decodeErr := strictjson.Decode(data, &decoded)
		object, objectErr := strictjson.ReadObject(data)
		if err != nil {
			checkError(t, data, err)
			if decodeErr == nil && strictjson.RuleOf(err) != strictjson.NUL {
				t.Fatalf("Decode accepted %q, Parse returned %v", data, err)
			}
			return
		}
		var want any
		var tooLarge *json.UnmarshalTypeError
		if err = json.Unmarshal(data, &want); errors.As(err, &tooLarge) {
			return // a number that float64 cannot hold, which Parse keeps from every schema
		}
		if err != nil || !utf8.Valid(data) {
			t.Fatalf("Parse accepted %q, encoding/json returned %v", data, err)
		}
		if !sameDocument(got, want) || decodeErr != nil || !sameDocument(got, decoded) {
			t.Fatalf("got %#v and %#v (%v), want %#v", got, decoded, decodeErr, want)
		}
		if members, isObject := got.(map[string]any); isObject != (objectErr == nil) || len(members) != len(object) {
			t.Fatalf("ReadObject returned %d members and %v, Parse %d", len(object), objectErr, len(members))
		}
	})
}

// checkError demands a place inside the text, and a rule.
func checkError(t *testing.T, data []byte, err error) {
	t.Helper()
	var e *strictjson.Error
	if !asError(err, &e) || e.Rule == "" || e.Offset < 0 || e.Offset > int64(len(data)) {
		t.Fatalf("got the error %#v for %q", err, data)
	}
}

// sameDocument compares up to what Parse keeps from every schema.
func sameDocument(got, want any) bool {
	switch g := got.(type) {
	case map[string]any:
		w, isObject := want.(map[string]any)
		if !isObject || len(g) != len(w) {
			return false
		}
		for name, value := range g {
			if !sameDocument(value, w[strings.TrimPrefix(name, strictjson.Foreign)]) {
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
