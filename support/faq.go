package support

import (
	_ "embed" // the questions
	"errors"
	"fmt"
	"slices"

	"renzheng/strictjson"
)

// The languages of every text, as in Accept-Language.
const (
	Chinese     = "zh-Hans"
	Traditional = "zh-Hant"
	English     = "en"
)

// Languages gives them, the default one first. The slice is the caller's own.
func Languages() []string { return []string{Chinese, Traditional, English} }

//go:embed faq.json
var builtInFAQ []byte

// FAQ are the frequent questions (M-40…M-48, A-29…A-42, D-1…D-30), which also
// answer for the failures. They are data with a version. Immutable.
type FAQ struct {
	version string
	entries []entry
	failure map[string]int // entry of a failure code
	index   index
}

// Article is a question with its answer in one language.
type Article struct {
	ID       string // stable name
	Question string
	Answer   string // lines are parted by \n
}

// entry is a question in all languages.
type entry struct {
	ID       string             `json:"id"`
	Sources  []string           `json:"sources"`  // what asked for it, such as "M-40"
	Failures []string           `json:"failures"` // codes that it answers for
	Featured bool               `json:"featured"` // offered where nothing was asked
	Keywords []string           `json:"keywords"` // further words that people use
	Texts    map[string]faqText `json:"texts"`    // by language
}

type faqText struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// DefaultFAQ gives the questions that come with this release.
func DefaultFAQ() (*FAQ, error) { return LoadFAQ(builtInFAQ) }

// LoadFAQ reads questions: one JSON document, no unknown members. It reports
// every text that is missing in a language and every bound that is broken.
func LoadFAQ(raw []byte) (*FAQ, error) {
	var file struct {
		Version string  `json:"version"`
		Entries []entry `json:"entries"`
	}
	if err := strictjson.Decode(raw, &file); err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	f := &FAQ{version: file.Version, entries: file.Entries, failure: map[string]int{}}
	if err := errors.Join(f.problems()...); err != nil {
		return nil, fmt.Errorf("checking the questions: %w", err)
	}
	for i, e := range f.entries {
		for _, code := range e.Failures {
			f.failure[code] = i
		}
	}
	f.index = newIndex(f.entries)
	return f, nil
}

// Version tells one state of the questions from another.
func (f *FAQ) Version() string { return f.version }

// All gives every question.
func (f *FAQ) All(language string) []Article {
	articles := make([]Article, len(f.entries))
	for i, e := range f.entries {
		articles[i] = e.in(language)
	}
	return articles
}

// Featured gives the questions that are asked most, MostFeatured at most.
func (f *FAQ) Featured(language string) []Article {
	var articles []Article
	for _, e := range f.entries {
		if e.Featured {
			articles = append(articles, e.in(language))
		}
	}
	return articles
}

// ForFailure gives the article that answers for a failure code, and whether
// there is one.
func (f *FAQ) ForFailure(code, language string) (Article, bool) {
	i, known := f.failure[code]
	if !known {
		return Article{}, false
	}
	return f.entries[i].in(language), true
}

// Unanswered gives the failure codes among codes that no article answers for.
func (f *FAQ) Unanswered(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool {
		_, known := f.failure[code]
		return known
	})
}

func (e entry) in(language string) Article {
	text, known := e.Texts[language]
	if !known {
		text = e.Texts[Chinese]
	}
	return Article{ID: e.ID, Question: text.Question, Answer: text.Answer}
}
