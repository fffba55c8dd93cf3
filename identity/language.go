package identity

// Languages of texts. The default serves every other wish.
const (
	Chinese         = "zh-Hans" // in simplified characters
	Traditional     = "zh-Hant" // in traditional ones
	English         = "en"
	DefaultLanguage = Chinese
)
