package strictjson_test

import (
	"reflect"
	"strings"
	"testing"

	"renzheng/strictjson"
)

func TestParse(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		want any
		rule strictjson.Rule
	}{
		"an object":                     {text: `{"a":"b","c":[1,true,false]}`, want: map[string]any{"a": "b", "c": []any{1.0, true, false}}},
		"escapes":                       {text: `"\"\\\/\b\f\n\r\t\u4e2d\ud83d\ude00"`, want: "\"\\/\b\f\n\r\t中😀"},
		"spaces":                        {text: " \n{ \"a\" :\t1 } ", want: map[string]any{"a": 1.0}},
		"names of others":               {text: `{"Ä":1,"A":2,"":3}`, want: map[string]any{"\x00Ä": 1.0, "\x00A": 2.0, "\x00": 3.0}},
		"a long name":                   {text: `{"` + strings.Repeat("a", 41) + `":1}`, want: map[string]any{"\x00" + strings.Repeat("a", 41): 1.0}},
		"numbers that are not whole":    {text: `[1.5,1e3,1.0]`, want: []any{strictjson.Unfit{}, strictjson.Unfit{}, strictjson.Unfit{}}},
		"numbers that are not safe":     {text: `[9007199254740991,9007199254740992,-9007199254740992]`, want: []any{9007199254740991.0, strictjson.Unfit{}, strictjson.Unfit{}}},
		"a number beyond 64 bits":       {text: `99999999999999999999`, want: strictjson.Unfit{}},
		"null":                          {text: `[null]`, want: []any{strictjson.Unfit{}}},
		"sixteen levels":                {text: strings.Repeat("[", 16) + strings.Repeat("]", 16), want: nested(16)},
		"a lone low surrogate":          {text: `"\udc00"`, rule: "lone_surrogate"},
		"a high one before another":     {text: `"\ud83d\ud83d"`, rule: "lone_surrogate"},
		"a high one before a character": {text: `"\ud83dx"`, rule: "lone_surrogate"},
		"a lone one far in":             {text: `{"a":["\\ud800","x\uD800\t and a long text after it"]}`, rule: "lone_surrogate"},
		"a lone one in a name":          {text: `{"\udfff":1}`, rule: "lone_surrogate"},
		"an encoded surrogate":          {text: "\"\xed\xa0\x80\"", rule: "utf8"},
		"other bytes":                   {text: "{\"a\":\"\xff\"}", rule: "utf8"},
		"a NUL":                         {text: `{"a":"b\u0000"}`, rule: "nul_character"},
		"a NUL in a name":               {text: `{"\u0000a":1}`, rule: "nul_character"},
		"two members of one name":       {text: `{"a":1,"a":2}`, rule: "duplicate_member"},
		"two members by an escape":      {text: `{"a":1,"\u0061":2}`, rule: "duplicate_member"},
		"two unknown members":           {text: `{"Ä":1,"Ä":2}`, rule: "duplicate_member"},
		"two members further down":      {text: `{"a":[{"b":1,"b":2}]}`, rule: "duplicate_member"},
		"a control character":           {text: "\"\x01\"", rule: "syntax"},
		"a leading zero":                {text: `01`, rule: "trailing_data"},
		"a plus":                        {text: `+1`, rule: "syntax"},
		"a bare point":                  {text: `1.`, rule: "syntax"},
		"a comma too many":              {text: `[1,]`, rule: "syntax"},
		"a comma too few":               {text: `[1 2]`, rule: "syntax"},
		"a name that is a number":       {text: `{1:2}`, rule: "syntax"},
		"a name alone":                  {text: `{"a"}`, rule: "syntax"},
		"a comment":                     {text: `{}//`, rule: "trailing_data"},
		"a second value":                {text: `{}{}`, rule: "trailing_data"},
		"a second value after a space":  {text: "{}\n[]", rule: "trailing_data"},
		"a bracket too many":            {text: `[]]`, rule: "trailing_data"},
		"another bracket":               {text: `[1}`, rule: "syntax"},
		"an unknown escape":             {text: `"\x41"`, rule: "syntax"},
		"an unknown word":               {text: `tru`, rule: "syntax"},
		"a word in capitals":            {text: `True`, rule: "syntax"},
		"a byte order mark":             {text: "\ufeff{}", rule: "syntax"},
		"an end in a string":            {text: `"abc`, rule: "syntax"},
		"an end in an escape":           {text: `"\u00`, rule: "syntax"},
		"an end in an array":            {text: `[1,`, rule: "syntax"},
		"seventeen levels":              {text: strings.Repeat("[", 17) + strings.Repeat("]", 17), rule: "depth"},
		"no end of levels":              {text: strings.Repeat(`{"a":`, 1<<20), rule: "depth"},
		"nothing":                       {text: ``, rule: "empty"},
		"white space":                   {text: " \r\n\t", rule: "empty"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := strictjson.Parse([]byte(test.text))
			if rule := strictjson.RuleOf(err); rule != test.rule || (err == nil) != (test.rule == "") {
				t.Errorf("got %v of the rule %q, want %q", err, rule, test.rule)
			}
			if err == nil && !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, want %#v", got, test.want)
			}
		})
	}
}

func nested(levels int) any {
	value := []any{}
	for range levels - 1 {
		value = []any{value}
	}
	return value
}

func TestParse_NamesThePlace(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`[`, 17)
	for text, want := range map[string]strictjson.Error{
		`{"a":[{"b":1,"b":2}]}`: {Rule: strictjson.Duplicate, Pointer: "/a/0/b", Offset: 13},
		`{"a":[1,"\ud800"]}`:    {Rule: strictjson.LoneSurrogate, Pointer: "/a/1", Offset: 9},
		`{"a":{"b":"\u0000"}}`:  {Rule: strictjson.NUL, Pointer: "/a/b", Offset: 18},
		"{\"a\":\"\xff\"}":      {Rule: strictjson.UTF8, Pointer: "/a", Offset: 6},
		`{"a":tru}`:             {Rule: strictjson.Syntax, Pointer: "/a", Offset: 8},
		`{"a~/b":tru}`:          {Rule: strictjson.Syntax, Pointer: "/a~0~1b", Offset: 11},
		`{} x`:                  {Rule: strictjson.Trailing, Offset: 3},
		deep:                    {Rule: strictjson.Depth, Pointer: strings.Repeat("/0", 16), Offset: 17},
	} {
		_, err := strictjson.Parse([]byte(text))
		var got *strictjson.Error
		if ok := asError(err, &got); !ok || got.Rule != want.Rule || got.Pointer != want.Pointer || got.Offset != want.Offset {
			t.Errorf("%s: got %#v, want %#v", text, got, want)
		}
	}
}
