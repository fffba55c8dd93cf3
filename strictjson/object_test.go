package strictjson_test

import (
	"regexp"
	"strings"
	"testing"

	"renzheng/strictjson"
)

func TestReadObject_Strictly(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		raw  string
		want bool
	}{
		"an object":                   {`{"a":"b","c":{"d":[1]}}`, true},
		"an empty object":             {` {} `, true},
		"the same name in capitals":   {`{"a":1,"A":2}`, true},
		"the same name twice":         {`{"a":1,"a":2}`, false},
		"the same name escaped":       {`{"a":1,"\u0061":2}`, false},
		"the same name further down":  {`{"a":{"b":1,"b":2}}`, false},
		"something behind it":         {`{} {}`, false},
		"null":                        {`null`, false},
		"an array":                    {`[]`, false},
		"nothing":                     {``, false},
		"half an object":              {`{"a":`, false},
		"broken UTF-8":                {"{\"a\":\"\xff\"}", false},
		"half a surrogate pair":       {`{"a":"\ud800"}`, false},
		"too many levels":             {strings.Repeat(`{"a":`, 17) + "1" + strings.Repeat("}", 17), false},
		"brackets in a text":          {`{"a":"` + strings.Repeat("[", 100) + `\"` + strings.Repeat("{", 100) + `"}`, true},
		"a value that is not JSON":    {`{"a":b}`, false},
		"a comma before the brace":    {`{"a":1,}`, false},
		"a name without its value":    {`{"a"}`, false},
		"a name that is not a string": {`{1:2}`, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := strictjson.ReadObject([]byte(c.raw)); (err == nil) != c.want {
				t.Errorf("got error %v, want accepted %t", err, c.want)
			}
		})
	}
}

func TestObject_ReturnsStringsOnly(t *testing.T) {
	t.Parallel()
	o, err := strictjson.ReadObject([]byte(`{"text":"abc", "number" : 1 ,"null":null,"odd":"a\nb","inner": { "a" : "b" } ,"empty":""}`))
	if err != nil {
		t.Fatal(err)
	}
	letters := regexp.MustCompile(`^[a-z]{0,8}$`)
	for name, want := range map[string]string{"text": "abc", "number": "", "null": "", "odd": "", "absent": "", "TEXT": "", "empty": ""} {
		if got := o.Matching(name, letters); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := o.Text("odd"); got != "a\nb" {
		t.Errorf("text: got %q, want it as it is", got)
	}
	if got := string(o["inner"]); got != `{ "a" : "b" }` {
		t.Errorf("got the value %q, want its own bytes", got)
	}
}
