package bff

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// plainPath reports whether a path is spelt in the one way that every proxy, and
// every signature over @path, reads as we do: no empty and no dot segments, no
// slash at the end, no percent-encoding of what needs none or done twice, no
// encoded slash, backslash or control character.
func plainPath(u *url.URL) bool {
	// RawPath is set only where it differs from the usual encoding of Path.
	return !strings.Contains(u.RawPath, "%") && path.Clean(u.Path) == u.Path &&
		!strings.ContainsFunc(u.Path, func(r rune) bool { return r == '\\' || r == '%' || unicode.IsControl(r) })
}
