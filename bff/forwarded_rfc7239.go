package bff

import (
	"slices"
	"strings"
)

// forwardedNodes returns the "for" parameter of each element of a Forwarded field
// (RFC 7239 §4), or "" for an element that has none or is not well-formed. White
// space around separators and unquoted values that should be quoted are tolerated,
// because real proxies send them.
func forwardedNodes(field string) []string {
	var nodes []string
	for _, element := range forwardedElements(field) {
		r := fieldReader{element}
		switch parameters, ok := r.forwardedElement(); {
		case !ok:
			nodes = append(nodes, "")
		case len(parameters) > 0:
			nodes = append(nodes, parameters["for"])
		}
	}
	return nodes
}

// forwardedElements splits a Forwarded field at commas outside quoted strings. It
// reads from the right, because a client can leave a quotation mark open in its
// own elements, which are to the left of those that proxies append.
func forwardedElements(field string) []string {
	var elements []string
	end, quoted := len(field), false
	for i := end - 1; i >= 0; i-- {
		switch {
		case field[i] == '"' && !escaped(field[:i]):
			quoted = !quoted
		case field[i] == ',' && !quoted:
			elements, end = append(elements, field[i+1:end]), i
		}
	}
	elements = append(elements, field[:end])
	slices.Reverse(elements)
	return elements
}

// escaped reports whether the character after text is escaped by a backslash.
func escaped(text string) bool {
	backslashes := len(text) - len(strings.TrimRight(text, `\`))
	return backslashes%2 == 1
}

// fieldReader reads a header field from the left.
type fieldReader struct{ rest string }

// forwardedElement reads the parameters of one element.
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
			return parameters, r.rest == ""
		}
	}
}

// value reads a quoted string, or the text up to the next separator.
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

// until reads up to the first of the stops, or to the end.
func (r *fieldReader) until(stops string) string {
	end := strings.IndexAny(r.rest, stops)
	if end < 0 {
		end = len(r.rest)
	}
	text := r.rest[:end]
	r.rest = r.rest[end:]
	return text
}
