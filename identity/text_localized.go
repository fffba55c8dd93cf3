package identity

// Text is a text in every language of the API.
type Text struct{ Chinese, Traditional, English string }

// For returns the text in a language, in the default one for any that we have
// not.
func (t Text) For(language string) string {
	switch language {
	case Traditional:
		return t.Traditional
	case English:
		return t.English
	}
	return t.Chinese
}
