package identity

import "strings"

// Text is a text in every language of the API.
type Text struct {
	Chinese     string `json:"zh-Hans"`
	Traditional string `json:"zh-Hant"`
	English     string `json:"en"`
}

// For returns the text in a language, or in the default one if the language is
// unknown.
func (t Text) For(language string) string {
	switch language {
	case Traditional:
		return t.Traditional
	case English:
		return t.English
	}
	return t.Chinese
}

// Missing returns the languages in which the text is blank.
func (t Text) Missing() []string {
	var missing []string
	for _, language := range Languages() {
		if strings.TrimSpace(t.For(language)) == "" {
			missing = append(missing, language)
		}
	}
	return missing
}
