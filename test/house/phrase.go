package main

import (
	"regexp"
	"strings"
)

// Phrase is a word or phrase that is counted in comments.
type Phrase struct {
	Words string // alternatives are separated by a slash
	Plain bool   // as in Go's standard library, for comparison
}

// Phrases returns the phrases to count. This is the only list of them.
func Phrases() []Phrase {
	return []Phrase{
		{Words: "returns", Plain: true},
		{Words: "reports whether", Plain: true},
		{Words: "gives"},
		{Words: "tells whether/says whether"},
		{Words: "whoever"},
		{Words: "is none/has none"},
		{Words: "that is no"},
		{Words: "in the place of"},
		{Words: "stands for"},
		{Words: "twice is no"},
		{Words: "beside"},
	}
}

// Count returns how often the phrase occurs in the comments, as whole words and ignoring case and line breaks.
func (p Phrase) Count(comments []string) int {
	alternatives := strings.ReplaceAll(regexp.QuoteMeta(p.Words), "/", "|")
	pattern := regexp.MustCompile(`(?i)\b(` + strings.ReplaceAll(alternatives, " ", `\s+`) + `)\b`)
	count := 0
	for _, comment := range comments {
		count += len(pattern.FindAllString(comment, -1))
	}
	return count
}
