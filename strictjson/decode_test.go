package strictjson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"renzheng/strictjson"
)

type shape struct {
	Name  string          `json:"name"`
	Count int             `json:"count"`
	Tags  []string        `json:"tags"`
	Odd   odd             `json:"odd"`
	Any   json.RawMessage `json:"any"`
	Inner struct {
		On bool `json:"on"`
	} `json:"inner"`
}

// odd is a value that reads itself.
type odd struct{ text string }

func (o *odd) UnmarshalJSON(raw []byte) error {
	if string(raw) != `"odd"` {
		return strictjson.ValueError("must be odd")
	}
	o.text = "odd"
	return nil
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var got shape
	if err := strictjson.Decode([]byte(`{"name":"a","count":1,"tags":["b"],"odd":"odd","any":{"c":[1]},"inner":{"on":true}}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != "a" || got.Count != 1 || len(got.Tags) != 1 || got.Odd.text != "odd" || string(got.Any) != `{"c":[1]}` || !got.Inner.On {
		t.Errorf("got %+v", got)
	}
}

func TestDecode_Rejects(t *testing.T) {
	t.Parallel()
	const secret = "6222021234567890"
	for name, test := range map[string]struct{ text, want string }{
		"an unknown member":              {`{"inner":{"off":"` + secret + `"}}`, "/inner/off: unknown member near byte"},
		"a member in capitals":           {`{"NAME":"` + secret + `"}`, "/NAME: unknown member near byte"},
		"a member twice":                 {`{"name":"","name":"` + secret + `"}`, "/name: repeated member near byte 11"},
		"a member twice, further down":   {`{"any":{"a":1,"a":"` + secret + `"}}`, "/any/a: repeated member near byte 14"},
		"a name that does not print":     {`{"\u202e":"` + secret + `"}`, `"/\u202e": unknown member`},
		"another type":                   {`{"count":"` + secret + `"}`, "/count: value of another type near byte"},
		"a number with a fraction":       {`{"count":` + secret + `.5}`, "/count: value of another type near byte"},
		"a number that does not fit":     {`{"count":` + secret + secret + `}`, "/count: value of another type near byte"},
		"an object instead of a list":    {`{"tags":{"a":"` + secret + `"}}`, "/tags: value of another type near byte"},
		"a value that reads itself":      {`{"odd":"` + secret + `"}`, "/odd: must be odd near byte"},
		"a second value":                 {`{}{"name":"` + secret + `"}`, "more than one JSON value near byte 2"},
		"half a surrogate pair":          {`{"any":"\ud800` + secret + `"}`, "/any: half a surrogate pair near byte 8"},
		"bytes that are not UTF-8":       {"{\"name\":\"" + secret + "\xff\"}", "not UTF-8 near byte 25"},
		"a text that is cut off":         {`{"name":"` + secret, "not JSON near byte"},
		"more levels than anybody needs": {`{"any":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + `}`, "too many levels near byte 22"},
		"nothing":                        {"", "no JSON value near byte 0"},
		"white space":                    {"\n", "no JSON value near byte"},
		"a list instead of the object":   {`["` + secret + `"]`, "value of another type near byte 0"},
		"a text instead of the object":   {`"` + secret + `"`, "value of another type near byte 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := strictjson.Decode([]byte(test.text), new(shape))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("%v quotes a value", err)
			}
		})
	}
}
