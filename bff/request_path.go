package bff

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// plainPath reports whether a path has the one spelling that every proxy, and
// every signature over @path, reads as we do. It has no empty segments, no dot
// segments and no slash at the end. Nothing is percent-encoded twice or without
// need, and no slash, backslash or control character is encoded.
func plainPath(u *url.URL) bool {
	// RawPath is set only where it differs from the usual encoding of Path.
	return !strings.Contains(u.RawPath, "%") && path.Clean(u.Path) == u.Path &&
		!strings.ContainsFunc(u.Path, func(r rune) bool { return r == '\\' || r == '%' || unicode.IsControl(r) })
}
