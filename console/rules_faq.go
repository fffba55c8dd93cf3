package console

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"renzheng/identity"
	"renzheng/rulebook"
	"renzheng/strictjson"
)

// faqDraft is a content of questions that is being edited. The page carries it from step to step, and nothing is stored before it is
// proposed.
type faqDraft struct {
	Version string        `json:"version"`
	Entries []faqQuestion `json:"entries"`
}

// faqQuestion is one question, as the content has it.
type faqQuestion struct {
	ID       string             `json:"id"`
	Sources  []string           `json:"sources"`
	Failures []string           `json:"failures"`
	Featured bool               `json:"featured"`
	Keywords []string           `json:"keywords"`
	Texts    map[string]faqText `json:"texts"`
}

type faqText struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// In returns the question in a language.
func (q faqQuestion) In(language string) faqText { return q.Texts[language] }

// Lines returns words as they are typed: one a line.
func (faqQuestion) Lines(words []string) string { return strings.Join(words, "\n") }

func parseFAQ(content []byte) (faqDraft, error) {
	var draft faqDraft
	err := strictjson.Decode(content, &draft)
	return draft, err
}

func (d faqDraft) json() string {
	content, _ := json.Marshal(d) //nolint:errchkjson // texts, and a flag
	return string(content)
}

// withVersion returns questions with another version; content if they are not questions or none is named.
func withVersion(content, version string) string {
	draft, err := parseFAQ([]byte(content))
	if err != nil || version == "" {
		return content
	}
	draft.Version = version
	return draft.json()
}

// questionData is the data of the page of one question.
type questionData struct {
	newRulesData

	Index     int // in the draft; the number of its questions for a new one
	New       bool
	Question  faqQuestion
	Languages []string
}

// draftRules makes one step of the editing of questions: it opens one, keeps what was typed of it, moves or removes it.
func (c *call) draftRules() (answer, error) {
	base, err := strconv.ParseInt(c.form("base"), 10, 64)
	if err != nil || rulebook.Kind(c.form("kind")) != rulebook.FAQ {
		return nil, errNotFound
	}
	d := newRulesData{Kind: rulebook.FAQ, As: asFAQ, Base: base, Content: c.form("content"), Note: c.form("note"), From: c.form("from")}
	if d.FAQ, err = parseFAQ([]byte(d.Content)); err != nil {
		return editPage(d), nil //nolint:nilerr // it is edited as JSON then
	}
	step, number, _ := strings.Cut(c.form("do"), ":")
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i > len(d.FAQ.Entries) {
		step = ""
	}
	all := d.FAQ.Entries
	switch step {
	case "edit":
		return page{name: "edit_question", data: editedQuestion(d, i)}, nil
	case "save":
		d.FAQ.Entries = slices.Replace(all, i, min(i+1, len(all)), c.typedQuestion(all, i))
	case "remove":
		d.FAQ.Entries = slices.Delete(all, i, min(i+1, len(all)))
	case "up", "down":
		if step == "down" {
			i++
		}
		if i > 0 && i < len(all) {
			all[i-1], all[i] = all[i], all[i-1]
		}
	}
	d.Content = d.FAQ.json()
	return editPage(d), nil
}

func editedQuestion(d newRulesData, i int) questionData {
	q := questionData{newRulesData: d, Index: i, New: i == len(d.FAQ.Entries), Languages: identity.Languages()}
	if !q.New {
		q.Question = d.FAQ.Entries[i]
	}
	return q
}

// typedQuestion returns a question as it was typed. The id of one that exists stays, because links lead to it.
func (c *call) typedQuestion(all []faqQuestion, i int) faqQuestion {
	q := faqQuestion{
		ID: c.form("id"), Sources: wordsOf(c.form("sources")), Failures: wordsOf(c.form("failures")), Keywords: wordsOf(c.form("keywords")),
		Featured: c.form("featured") != "", Texts: map[string]faqText{},
	}
	if i < len(all) {
		q.ID = all[i].ID
	}
	for _, language := range identity.Languages() {
		q.Texts[language] = faqText{c.form("question." + language), c.form("answer." + language)}
	}
	return q
}

// wordsOf returns the lines of a text that are not empty; never nil, because the content has a list.
func wordsOf(text string) []string {
	words := []string{}
	for line := range strings.Lines(text) {
		if word := strings.TrimSpace(line); word != "" {
			words = append(words, word)
		}
	}
	return words
}
