package bff

import "renzheng/identity"

// secret is a secret that a client sends. The types of package identity cannot be
// decoded, so that their constructors are the only way in. This one calls the
// constructor while a request is decoded, and is masked from then on.
type secret struct{ identity.Secret }

// UnmarshalText reads the plaintext. It does not read what MarshalText writes.
func (s *secret) UnmarshalText(plain []byte) error {
	s.Secret = identity.NewSecret(string(plain))
	return nil
}
