package support

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"renzheng/identity"
)

// Limits of the questions. A reply that is built from them must fit LongestReply.
const (
	MostFeatured    = 9 // so that one digit chooses each
	mostEntries     = 200
	longestQuestion = 120  // bytes
	longestAnswer   = 1300 // bytes
	longestWord     = 48   // bytes of a name, keyword, source or version
	mostWords       = 50   // of an entry, of each kind
)

// validate reports everything that is wrong with the questions.
func (f *FAQ) validate() error {
	var errs []error
	if !isText(f.version, longestWord) || len(f.entries) == 0 || len(f.entries) > mostEntries {
		errs = append(errs, fmt.Errorf("must have a version of 1 to %d bytes and 1 to %d entries", longestWord, mostEntries))
	}
	ids, codes, featured := map[string]bool{}, map[string]bool{}, 0
	for _, e := range f.entries {
		errs = append(errs, e.claim(ids, codes), e.validate())
		if e.Featured {
			featured++
		}
	}
	if featured < 1 || featured > MostFeatured {
		errs = append(errs, fmt.Errorf("must have 1 to %d featured entries", MostFeatured))
	}
	return errors.Join(errs...)
}

// claim adds the entry's id and failures to those of the entries before it. It reports
// those that are not well formed or not unique.
func (e entry) claim(ids, codes map[string]bool) error {
	var errs []error
	if !isWord(e.ID) || ids[e.ID] {
		errs = append(errs, fmt.Errorf("entry %q: the id must be unique and of a-z, 0-9 and _", e.ID))
	}
	ids[e.ID] = true
	for _, code := range e.Failures {
		if !isWord(code) || codes[code] {
			errs = append(errs, fmt.Errorf("entry %q: failure %q is not a code, or has two answers", e.ID, code))
		}
		codes[code] = true
	}
	return errors.Join(errs...)
}

func (e entry) validate() error {
	var errs []error
	for _, language := range identity.Languages() {
		text := e.Texts[language]
		if !isText(text.Question, longestQuestion) || strings.Contains(text.Question, "\n") {
			errs = append(errs, fmt.Errorf("entry %q: the question in %s must be one line of 1 to %d bytes", e.ID, language, longestQuestion))
		}
		if !isText(text.Answer, longestAnswer) {
			errs = append(errs, fmt.Errorf("entry %q: the answer in %s must have 1 to %d bytes", e.ID, language, longestAnswer))
		}
	}
	if len(e.Texts) > len(identity.Languages()) {
		errs = append(errs, fmt.Errorf("entry %q: has an unknown language", e.ID))
	}
	for _, list := range []struct {
		name  string
		words []string
	}{{"keywords", e.Keywords}, {"sources", e.Sources}, {"failures", e.Failures}} {
		if len(list.words) > mostWords {
			errs = append(errs, fmt.Errorf("entry %q: must have at most %d %s", e.ID, mostWords, list.name))
		}
		if slices.ContainsFunc(list.words, func(word string) bool { return !isText(word, longestWord) }) {
			errs = append(errs, fmt.Errorf("entry %q: %s must have 1 to %d bytes", e.ID, list.name, longestWord))
		}
	}
	return errors.Join(errs...)
}

func isWord(s string) bool {
	return s != "" && len(s) <= longestWord && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func isText(s string, longest int) bool {
	return strings.TrimSpace(s) != "" && len(s) <= longest && !strings.ContainsFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar || (unicode.IsControl(r) && r != '\n') || unicode.Is(unicode.Cf, r)
	})
}
