package receipt

import "strings"

func isVisible(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

func isToken(text string) bool {
	const marks = "._:-"
	return text != "" && len(text) <= 128 && !strings.ContainsFunc(text, func(r rune) bool {
		isLetter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		return !isLetter && (r < '0' || r > '9') && !strings.ContainsRune(marks, r)
	})
}

func isDigestToken(text string) bool { return len(text) >= 43 && isToken(text) }
