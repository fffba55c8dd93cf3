package wire_test

import (
	"regexp"
	"testing"

	"renzheng/providers/wire"
)

func TestReadObject_Strictly(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		raw  string
		want bool
	}{
		"an object":                 {`{"a":"b","c":{"d":[1]}}`, true},
		"an empty object":           {` {} `, true},
		"the same name in capitals": {`{"a":1,"A":2}`, true},
		"the same name twice":       {`{"a":1,"a":2}`, false},
		"the same name escaped":     {`{"a":1,"\u0061":2}`, false},
		"something behind it":       {`{} {}`, false},
		"null":                      {`null`, false},
		"an array":                  {`[]`, false},
		"nothing":                   {``, false},
		"half an object":            {`{"a":`, false},
		"broken UTF-8":              {"{\"a\":\"\xff\"}", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := wire.ReadObject([]byte(c.raw)); (err == nil) != c.want {
				t.Errorf("got error %v, want accepted %t", err, c.want)
			}
		})
	}
}

func TestObject_GivesStringsOnly(t *testing.T) {
	t.Parallel()
	o, err := wire.ReadObject([]byte(`{"text":"abc","number":1,"null":null,"odd":"a\nb"}`))
	if err != nil {
		t.Fatal(err)
	}
	letters := regexp.MustCompile(`^[a-z]{1,8}$`)
	for name, want := range map[string]string{"text": "abc", "number": "", "null": "", "odd": "", "absent": "", "TEXT": ""} {
		if got := o.Shaped(name, letters); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := o.Text("odd"); got != "a\nb" {
		t.Errorf("text: got %q, want it as it is", got)
	}
}
