package support

import (
	_ "embed" // the questions
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed faq.json
var builtInFAQ []byte

// FAQ are the frequent questions (M-40…M-48, A-29…A-42, D-1…D-30). They also answer
// for the failures. They are data with a version. Immutable.
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
	Answer   string // lines are separated by \n
}

// entry is a question in all languages.
type entry struct {
	ID       string             `json:"id"`
	Sources  []string           `json:"sources"`  // of the requirement, such as "M-40"
	Failures []string           `json:"failures"` // codes that it answers
	Featured bool               `json:"featured"` // offered without a query
	Keywords []string           `json:"keywords"` // other words that people use
	Texts    map[string]faqText `json:"texts"`    // by language
}

type faqText struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// BuiltInFAQ returns the questions of this release as LoadFAQ reads them.
func BuiltInFAQ() []byte { return slices.Clone(builtInFAQ) }

// DefaultFAQ returns the questions of this release.
func DefaultFAQ() (*FAQ, error) { return LoadFAQ(builtInFAQ) }

// LoadFAQ parses questions: one JSON document without unknown members. It reports
// every text that is missing in a language and every limit that is exceeded.
func LoadFAQ(raw []byte) (*FAQ, error) {
	var file struct {
		Version string  `json:"version"`
		Entries []entry `json:"entries"`
	}
	if err := strictjson.Decode(raw, &file); err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	f := &FAQ{version: file.Version, entries: file.Entries, failure: map[string]int{}}
	if err := f.validate(); err != nil {
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

// Version identifies the state of the questions.
func (f *FAQ) Version() string { return f.version }

// All returns every question.
func (f *FAQ) All(language string) []Article {
	articles := make([]Article, len(f.entries))
	for i, e := range f.entries {
		articles[i] = e.in(language)
	}
	return articles
}

// Featured returns the most frequent questions, at most MostFeatured.
func (f *FAQ) Featured(language string) []Article {
	var articles []Article
	for _, e := range f.entries {
		if e.Featured {
			articles = append(articles, e.in(language))
		}
	}
	return articles
}

// ForFailure returns the article that answers a failure code, if there is one.
func (f *FAQ) ForFailure(code, language string) (Article, bool) {
	i, ok := f.failure[code]
	if !ok {
		return Article{}, false
	}
	return f.entries[i].in(language), true
}

// Unanswered returns those of codes that no article answers.
func (f *FAQ) Unanswered(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool {
		_, ok := f.failure[code]
		return ok
	})
}

func (e entry) in(language string) Article {
	text, ok := e.Texts[language]
	if !ok {
		text = e.Texts[identity.Chinese]
	}
	return Article{ID: e.ID, Question: text.Question, Answer: text.Answer}
}
