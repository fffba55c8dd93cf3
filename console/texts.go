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

// texts are all texts by key. They may have verbs of fmt.
type texts map[string]text

// loadTexts reads every file of texts. A key belongs to one file.
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
		for key, one := range some {
			if _, ok := all[key]; ok || one.Chinese == "" || one.English == "" {
				problems = append(problems, fmt.Errorf("the text %s of %s is defined twice or not in every language", key, name))
			}
			all[key] = one
		}
	}
	return all, errors.Join(problems...)
}

func (t texts) has(key string) bool {
	_, ok := t[key]
	return ok
}

// get returns a text in a language. One that is absent is its key, which a test of every page would show.
func (t texts) get(language, key string, args ...any) string {
	one, ok := t[key]
	found := one.Chinese
	if language == identity.English {
		found = one.English
	}
	if !ok {
		return key
	}
	if len(args) == 0 {
		return found
	}
	return fmt.Sprintf(found, args...)
}
