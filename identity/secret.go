package identity

// secretMask is what every rendering of a secret shows.
const secretMask = "[redacted]"

// Secret is a text that must not be shown: a key, a token, or what a person
// wrote. It is masked in fmt, slog, JSON and text, and only Reveal returns the
// plaintext. The zero value holds no text and renders as "". Secrets are
// comparable with ==, but not in constant time.
type Secret struct{ redacted }

// NewSecret returns a Secret that holds plain, or the zero value if plain is "".
func NewSecret(plain string) Secret {
	if plain == "" {
		return Secret{}
	}
	return Secret{redact(plain, secretMask)}
}
