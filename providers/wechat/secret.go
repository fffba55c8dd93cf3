package wechat

// Secret is a key or a token that masks itself in print, log and JSON.
type Secret string

// String masks the secret.
func (Secret) String() string { return "…" }

// GoString masks the secret under %#v.
func (Secret) GoString() string { return "…" }

// MarshalText masks the secret in JSON and structured logs.
func (Secret) MarshalText() ([]byte, error) { return []byte("…"), nil }
