package support

import (
	"fmt"
	"strings"
	"unicode"
)

// Bounds of the questions: what is put together from them must fit a reply.
const (
	MostFeatured    = 9 // so that each is chosen by one digit
	mostEntries     = 200
	longestQuestion = 120  // bytes
	longestAnswer   = 1300 // bytes
	longestWord     = 48   // bytes of a name or keyword
)

// problems reports everything that is wrong with the questions.
func (f *FAQ) problems() []error {
	var problems []error
	report := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if f.version == "" || len(f.entries) == 0 || len(f.entries) > mostEntries {
		report("want a version and 1 to %d entries", mostEntries)
	}
	ids, codes, featured := map[string]bool{}, map[string]bool{}, 0
	for _, e := range f.entries {
		if !isWord(e.ID) || ids[e.ID] {
			report("entry %q: want a name of its own, of a-z, 0-9 and _", e.ID)
		}
		ids[e.ID] = true
		if e.Featured {
			featured++
		}
		for _, code := range e.Failures {
			if !isWord(code) || codes[code] {
				report("entry %q: failure %q is no code, or is answered twice", e.ID, code)
			}
			codes[code] = true
		}
		problems = append(problems, e.problems()...)
	}
	if featured < 1 || featured > MostFeatured {
		report("want 1 to %d featured entries", MostFeatured)
	}
	return problems
}

func (e entry) problems() []error {
	var problems []error
	for _, language := range Languages() {
		text := e.Texts[language]
		if !isText(text.Question, longestQuestion) || strings.Contains(text.Question, "\n") {
			problems = append(problems, fmt.Errorf("entry %q: want a question in %s of one line and 1 to %d bytes", e.ID, language, longestQuestion))
		}
		if !isText(text.Answer, longestAnswer) {
			problems = append(problems, fmt.Errorf("entry %q: want an answer in %s of 1 to %d bytes", e.ID, language, longestAnswer))
		}
	}
	if len(e.Texts) > len(Languages()) {
		problems = append(problems, fmt.Errorf("entry %q: has a language that is not spoken here", e.ID))
	}
	for _, word := range e.Keywords {
		if !isText(word, longestWord) {
			problems = append(problems, fmt.Errorf("entry %q: want keywords of 1 to %d bytes", e.ID, longestWord))
		}
	}
	return problems
}

func isWord(s string) bool {
	return s != "" && len(s) <= longestWord && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func isText(s string, longest int) bool {
	return strings.TrimSpace(s) != "" && len(s) <= longest && !strings.ContainsFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar || (unicode.IsControl(r) && r != '\n') || unicode.Is(unicode.Cf, r)
	})
}
