package console

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed texts
var textFiles embed.FS

// text is a text in the languages of the console.
type text struct {
	Chinese string `json:"zh-Hans"`
	English string `json:"en"`
}

// texts are all texts by key. A text may have verbs of fmt, for the arguments of get.
type texts map[string]text

// loadTexts reads all files of texts. It returns an error for every key that is defined twice or lacks a language.
func loadTexts() (texts, error) {
	all := texts{}
	files, err := fs.Glob(textFiles, "texts/*.json")
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, name := range files {
		raw, err := textFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var some texts
		if err = strictjson.Decode(raw, &some); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		for key, t := range some {
			if _, ok := all[key]; ok || t.Chinese == "" || t.English == "" {
				problems = append(problems, fmt.Errorf("the text %s of %s is defined twice or not in every language", key, name))
			}
			all[key] = t
		}
	}
	return all, errors.Join(problems...)
}

func (t texts) has(key string) bool {
	_, ok := t[key]
	return ok
}

// get returns a text in a language, formatted with args if there are any. An absent text is its key in brackets, which every
// page of a test shows.
func (t texts) get(language, key string, args ...any) string {
	found, ok := t[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	words := found.Chinese
	if language == identity.English {
		words = found.English
	}
	if len(args) == 0 {
		return words
	}
	return fmt.Sprintf(words, args...)
}
