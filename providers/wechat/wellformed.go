package wechat

import "strings"

// wellFormed tells whether s is 1 to longest ASCII letters, digits and
// characters of extra. What others send passes it before it goes anywhere.
func wellFormed(s string, longest int, extra string) bool {
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
