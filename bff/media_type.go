package bff

import (
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

const jsonType = "application/json"

// isJSON reports whether a request declares its body as JSON in UTF-8. Types and
// charsets are compared without case (RFC 9110 §8.3).
func isJSON(h http.Header) bool {
	text, ok := single(h, "Content-Type")
	media, parameters, err := mime.ParseMediaType(text)
	charset, named := parameters["charset"]
	return ok && err == nil && media == jsonType && (!named || strings.EqualFold(charset, "utf-8"))
}

// isIdentity reports whether a body was sent without compression or any other
// coding.
func isIdentity(h http.Header) bool {
	for _, line := range h.Values("Content-Encoding") {
		for _, coding := range commaSeparated(line) {
			if !strings.EqualFold(coding, "identity") {
				return false
			}
		}
	}
	return true
}

// single returns the value of a header field that a request may have only once. It
// returns false if there are several lines, because readers differ in which one
// they take.
func single(h http.Header, name string) (value string, ok bool) {
	lines := h.Values(name)
	if len(lines) != 1 {
		return "", len(lines) == 0
	}
	return lines[0], true
}

// plainMedia normalizes the headers of media types before the handler. Huma knows
// only one spelling of a media type. The guards have already accepted the
// request's type, and answers have only one form.
func plainMedia(ctx huma.Context, next func(huma.Context)) {
	h := humagin.Unwrap(ctx).Request.Header
	h.Del("Accept")
	if h.Get("Content-Type") != "" {
		h.Set("Content-Type", jsonType)
	}
	next(ctx)
}
