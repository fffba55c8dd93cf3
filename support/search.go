package support

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// The weights of the places of a token.
const (
	inKeyword  = 8
	inQuestion = 4
	inAnswer   = 1
)

const (
	longestQuery = 100 // characters
	mostFound    = 5
	leastScore   = 8 // of the best token: a keyword, or a word of a question that is not in every fourth entry
)

// index finds entries by their tokens, whatever the language of the query.
type index struct {
	weights []map[string]int // of an entry: what its tokens are worth
	holders map[string]int   // in how many entries a token is
}

func newIndex(entries []entry) index {
	x := index{holders: map[string]int{}}
	for _, e := range entries {
		weights := map[string]int{}
		add := func(text string, worth int) {
			for token := range tokens(text) {
				weights[token] = max(weights[token], worth)
			}
		}
		for _, word := range e.Keywords {
			add(word, inKeyword)
		}
		for _, text := range e.Texts {
			add(text.Question, inQuestion)
			add(text.Answer, inAnswer)
		}
		for token := range weights {
			x.holders[token]++
		}
		x.weights = append(x.weights, weights)
	}
	return x
}

// rarity returns a weight that is higher the fewer entries contain a token, and 0 if
// more than half of them do.
func (x index) rarity(token string) int {
	return bits.Len(uint(len(x.weights)/max(1, x.holders[token]))) - 1
}

// score returns how well an entry matches a query. It returns 0 if only the answer
// matches, or a frequent word.
func (x index) score(entry int, query map[string]bool) int {
	score, best := 0, 0
	for token := range query {
		worth := x.weights[entry][token]
		gain := worth * x.rarity(token)
		if score += gain; worth >= inQuestion {
			best = max(best, gain)
		}
	}
	if best < leastScore {
		return 0
	}
	return score
}

// Search returns the articles that match a query best, at most five, the best first.
// It is deterministic.
func (f *FAQ) Search(query, language string) []Article {
	terms := tokens(clip(query))
	for _, word := range stopWords() {
		delete(terms, word)
	}
	type hit struct{ entry, score int }
	var hits []hit
	for i := range f.entries {
		if score := f.index.score(i, terms); score > 0 {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var articles []Article
	for _, h := range hits[:min(len(hits), mostFound)] {
		articles = append(articles, f.entries[h.entry].in(language))
	}
	return articles
}

// tokens returns the words of a text, and pairs of characters for a script without
// spaces. Letters are in lower case and half width; punctuation is left out. A single
// Chinese character is a token if it is not part of a pair.
func tokens(text string) map[string]bool {
	found := map[string]bool{}
	for _, run := range runs(strings.Map(narrow, strings.ToLower(text))) {
		switch {
		case kindOf(run[0]) == chinese && len(run) > 1:
			for i := range len(run) - 1 {
				found[string(run[i:i+2])] = true
			}
		case len(run) > 1, kindOf(run[0]) == chinese, unicode.IsDigit(run[0]):
			found[string(run)] = true
		}
	}
	return found
}

// runs splits a text into parts of one kind, as long as they can be. Punctuation is left
// out.
func runs(text string) [][]rune {
	var runs [][]rune
	previous := punctuation
	for _, r := range text {
		kind := kindOf(r)
		if kind != previous && kind != punctuation {
			runs = append(runs, nil)
		}
		if kind != punctuation {
			runs[len(runs)-1] = append(runs[len(runs)-1], r)
		}
		previous = kind
	}
	return runs
}

// runeKind is a kind of character.
type runeKind int

const (
	punctuation runeKind = iota // and space
	alphanumeric
	chinese
)

func kindOf(r rune) runeKind {
	switch {
	case unicode.Is(unicode.Han, r):
		return chinese
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return alphanumeric
	}
	return punctuation
}

// stopWords returns the words that occur in every question, and the pairs of
// characters in them.
func stopWords() []string {
	return []string{
		"什么", "什麼", "怎么", "怎麼", "么办", "麼辦", "怎样", "怎樣", "为什", "為什", "如何", "请问", "請問", "可以", "不能",
		"how", "what", "why", "can", "do", "does", "is", "are", "the", "my", "to", "for", "not", "it", "of", "in", "with", "me",
	}
}

// clip returns the part of a query that is searched.
func clip(query string) string {
	n := 0
	for at := range query {
		if n == longestQuery {
			return query[:at]
		}
		n++
	}
	return query
}

// narrow returns the half-width form of a full-width letter or digit, in lower case.
func narrow(r rune) rune {
	const first, last, offset = '！', '～', '！' - '!'
	if r >= first && r <= last {
		return unicode.ToLower(r - offset)
	}
	return r
}
