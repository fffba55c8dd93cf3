package wechatpay

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
)

const root = "xml"

var errShape = errors.New("not a flat list of elements")

// encode returns f as WeChat Pay's XML: one root, and an element for each parameter.
func (f fields) encode() []byte {
	var out bytes.Buffer
	out.WriteString("<" + root + ">")
	for _, name := range slices.Sorted(maps.Keys(f)) {
		out.WriteString("<" + name + ">")
		_ = xml.EscapeText(&out, []byte(f[name])) // a buffer does not fail
		out.WriteString("</" + name + ">")
	}
	out.WriteString("</" + root + ">")
	return out.Bytes()
}

// decode reads such XML. It rejects repeated, nested and foreign elements, attributes
// and directives, so that nothing has two meanings.
func decode(content []byte) (fields, error) {
	decoder, r := xml.NewDecoder(bytes.NewReader(content)), reader{read: fields{}}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && r.closed && len(r.read) > 0 {
			return r.read, nil
		}
		if err != nil || !r.take(token) {
			return nil, errShape
		}
	}
}

// reader collects the elements below the root.
type reader struct {
	read   fields
	depth  int // 1 in the root, 2 in an element
	text   string
	closed bool // the root
}

// take reports whether a token may be there.
func (r *reader) take(token xml.Token) bool {
	switch t := token.(type) {
	case xml.StartElement:
		r.depth++
		r.text = ""
		return t.Name.Space == "" && len(t.Attr) == 0 && r.mayStart(t.Name.Local)
	case xml.EndElement: // the decoder has compared the names
		if r.depth--; r.depth == 1 {
			r.read[t.Name.Local] = r.text
		}
		r.closed = r.depth == 0
		return true
	case xml.CharData:
		r.text += string(t)
		return r.depth > 1 || len(bytes.TrimSpace(t)) == 0
	}
	return false // comments, directives and instructions
}

func (r *reader) mayStart(name string) bool {
	if r.depth == 1 {
		return name == root && !r.closed
	}
	_, repeated := r.read[name]
	return r.depth == 2 && !repeated //nolint:mnd // below the root
}
