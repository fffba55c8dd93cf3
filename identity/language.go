package identity

// The languages of texts. DefaultLanguage is used for every other language.
const (
	Chinese         = "zh-Hans" // in simplified characters
	Traditional     = "zh-Hant" // in traditional ones
	English         = "en"
	DefaultLanguage = Chinese
)

// Languages returns the languages of the API, the default one first.
func Languages() []string { return []string{Chinese, Traditional, English} }
