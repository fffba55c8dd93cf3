package keyring

import (
	"crypto/ecdsa"
	"time"
)

// Thumbprint returns the key id that the package computes, for the known answer of RFC 7638.
func Thumbprint(public *ecdsa.PublicKey) (string, error) {
	key, err := newPublicJWK(public)
	return key.KeyID, err
}

// PublishAhead lets a test wait exactly as long as the package does.
const PublishAhead time.Duration = publishAhead
