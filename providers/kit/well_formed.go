package kit

import "strings"

// WellFormed reports whether s has 1 to longest characters that are ASCII letters,
// ASCII digits or characters of extra. What a third party or a client sends passes
// this check before it is used in a request, an error or a log.
func WellFormed(s string, longest int, extra string) bool {
	if s == "" || len(s) > longest {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		digit := c >= '0' && c <= '9'
		if !letter && !digit && strings.IndexByte(extra, c) < 0 {
			return false
		}
	}
	return true
}
