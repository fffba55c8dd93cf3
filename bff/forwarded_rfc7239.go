package bff

import "strings"

// forwardedNodes returns the "for" parameter of each element of a Forwarded field
// (RFC 7239 §4), "" for an element without one. For a field that is not
// well-formed it returns a single "". It tolerates white space around separators
// and values that should be quoted, as real proxies send them.
func forwardedNodes(field string) []string {
	var nodes []string
	r := fieldReader{field}
	for {
		element, ok := r.forwardedElement()
		if !ok {
			return []string{""}
		}
		if node, named := element["for"]; named || len(element) > 0 {
			nodes = append(nodes, node)
		}
		if !r.skip(',') {
			return nodes
		}
	}
}

// fieldReader reads a header field from the left.
type fieldReader struct{ rest string }

// forwardedElement reads the parameters of one element, up to a comma or the end.
func (r *fieldReader) forwardedElement() (parameters map[string]string, ok bool) {
	parameters = map[string]string{}
	for {
		r.space()
		if name := strings.ToLower(r.until("=,; \t\"")); name != "" {
			if !r.skip('=') {
				return nil, false
			}
			if _, repeated := parameters[name]; repeated {
				return nil, false
			}
			if parameters[name], ok = r.value(); !ok {
				return nil, false
			}
			r.space()
		}
		if !r.skip(';') {
			return parameters, r.rest == "" || r.rest[0] == ','
		}
	}
}

// value reads a quoted string, or what stands up to the next separator.
func (r *fieldReader) value() (string, bool) {
	if !r.skip('"') {
		return r.until(",; \t\""), true
	}
	var text strings.Builder
	for {
		text.WriteString(r.until(`"\`))
		switch {
		case r.skip('"'):
			return text.String(), true
		case r.skip('\\') && r.rest != "":
			text.WriteByte(r.rest[0])
			r.rest = r.rest[1:]
		default:
			return "", false
		}
	}
}

func (r *fieldReader) space() { r.rest = strings.TrimLeft(r.rest, " \t") }

func (r *fieldReader) skip(c byte) bool {
	if r.rest == "" || r.rest[0] != c {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// until reads up to the first of some characters, or to the end.
func (r *fieldReader) until(stops string) string {
	end := strings.IndexAny(r.rest, stops)
	if end < 0 {
		end = len(r.rest)
	}
	text := r.rest[:end]
	r.rest = r.rest[end:]
	return text
}
