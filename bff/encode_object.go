package bff

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonAppender is a body that appends its own JSON, as encoding/json would encode it but for the escapes that JSON does
// not need.
type jsonAppender interface {
	appendJSON(out []byte) []byte
}

// object is a JSON object that is being written.
type object struct {
	out    []byte
	filled bool // it has a member
}

func beginObject(out []byte) object { return object{out: append(out, '{')} }

func (o *object) end() []byte { return append(o.out, '}') }

// name begins a member.
func (o *object) name(name string) {
	if o.filled {
		o.out = append(o.out, ',')
	}
	o.filled = true
	o.out = append(o.out, '"')
	o.out = append(o.out, name...)
	o.out = append(o.out, `":`...)
}

func (o *object) text(name, value string) {
	o.name(name)
	o.out, _ = jsontext.AppendQuote(o.out, value) // replaces what is not UTF-8, as encoding/json does, and appends all the same
}

// optionalText omits an empty text.
func (o *object) optionalText(name, value string) {
	if value != "" {
		o.text(name, value)
	}
}

// optionalTime omits a time that is not known.
func (o *object) optionalTime(name string, at *time.Time) {
	if at == nil {
		return
	}
	o.name(name)
	o.out = append(o.out, '"')
	o.out = at.AppendFormat(o.out, time.RFC3339Nano)
	o.out = append(o.out, '"')
}
