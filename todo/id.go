package todo

import (
	"fmt"

	"renzheng/random"
	"renzheng/receipt"
)

func (s *Service) newID(prefix string) (string, error) { return random.ID(s.Rand, prefix) }

func (s *Service) newSalt() (receipt.Salt, error) {
	salt, err := receipt.NewSalt(s.Rand)
	if err != nil {
		return receipt.Salt{}, fmt.Errorf("drawing a salt: %w", err)
	}
	return salt, nil
}
