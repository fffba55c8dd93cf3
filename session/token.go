package session

import (
	"crypto/sha256"

	"renzheng/random"
)

// newToken returns a token and its hash, which is what the store keeps.
func (s *Service) newToken() (token string, hash [sha256.Size]byte, err error) {
	token, err = random.Token(s.deps.Rand)
	return token, sha256.Sum256([]byte(token)), err
}
