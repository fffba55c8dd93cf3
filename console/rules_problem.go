package console

import (
	_ "embed" // the words of problems
	"regexp"
	"strings"
	"unicode"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed problems.json
var problemWords []byte

// problemRule is how a problem that a loader reports is told in Chinese. The loaders report in English, as the log and bff check do. Both
// texts have the same names in braces: {1} is copied, {rest} is a problem itself, {limit} is the name of a limit, {lang} one of a
// language, {part} one of a part of a text.
type problemRule struct {
	English string `json:"en"`
	Chinese string `json:"zh-Hans"`

	pattern *regexp.Regexp
	names   []string
}

var placeholder = regexp.MustCompile(`\{([a-z]*[0-9]?)\}`)

func loadProblems() ([]problemRule, error) {
	var rules []problemRule
	if err := strictjson.Decode(problemWords, &rules); err != nil {
		return nil, err
	}
	for i, r := range rules {
		var pattern strings.Builder
		rest := r.English
		for {
			at := placeholder.FindStringSubmatchIndex(rest)
			if at == nil {
				break
			}
			pattern.WriteString(regexp.QuoteMeta(rest[:at[0]]) + "(.+?)")
			rules[i].names = append(rules[i].names, rest[at[2]:at[3]])
			rest = rest[at[1]:]
		}
		pattern.WriteString(regexp.QuoteMeta(rest))
		rules[i].pattern = regexp.MustCompile("^" + pattern.String() + "$")
	}
	return rules, nil
}

// Problem returns a problem of a content in the language of the page. One that has no words in Chinese is told in English.
func (v *view) Problem(text string) string { return v.call.problem(text) }

func (c *call) problem(text string) string {
	if c.language == identity.English {
		return text
	}
	return c.console.pages.problem(text)
}

// problem returns a problem in Chinese.
func (p pages) problem(text string) string {
	for _, r := range p.problems {
		found := r.pattern.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		words := r.Chinese
		for i, name := range r.names {
			words = strings.ReplaceAll(words, "{"+name+"}", p.problemPart(name, found[i+1]))
		}
		return words
	}
	return text
}

func (p pages) problemPart(name, text string) string {
	var key string
	switch strings.TrimRight(name, "0123456789") {
	case "rest":
		return p.problem(text)
	case "limit":
		key = "quota." + snakeCase(text)
	case "lang":
		key = "faq.in." + text
	case "part":
		key = "part." + text
	}
	if !p.texts.has(key) {
		return text
	}
	return p.texts.get(identity.Chinese, key)
}

// snakeCase returns FaceStarts as face_starts.
func snakeCase(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}
