package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

const fingerprintBytes = 8 // names one key among a handful; not an authenticator

// fingerprint names a master key in the header of what it sealed. It is derived from the key, not from its id, so
// that an id that was used for two keys by mistake is detected.
type fingerprint [fingerprintBytes]byte

// master holds the keys that are derived from a master key, each for one purpose.
type master struct {
	id          string
	fingerprint fingerprint
	wrap        cipher.AEAD // random nonces: good for 2^32 data keys, more than there are people
	row         []byte      // root of one key per sealed row, see row.go
	tags        *tagger     // see tag.go
	check       []byte
}

func newMaster(secret secretKey) (*master, error) {
	wrap, err := newGCM(derive(secret.key, "wrap"))
	if err != nil {
		return nil, err
	}
	return &master{
		id:          secret.id,
		fingerprint: fingerprint(derive(secret.key, "fingerprint")[:fingerprintBytes]),
		wrap:        wrap,
		row:         derive(secret.key, "row"),
		tags:        newTagger(derive(secret.key, "tag")),
		check:       derive(secret.key, "check"),
	}, nil
}

// derive returns the 32-byte key that HKDF-SHA256 derives from a secret for one purpose.
func derive(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "renzheng/keyring/1/"+purpose, keyBytes)
	if err != nil {
		panic("keyring: HKDF refuses a constant length: " + err.Error()) // only for outputs beyond 8160 bytes
	}
	return key
}

// newGCM returns AES-256-GCM that draws its nonces itself and puts them before the ciphertext.
func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("setting up AES: %w", err)
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("setting up GCM: %w", err)
	}
	return gcm, nil
}

// sealInto appends nonce, ciphertext and tag to a header.
func sealInto(header []byte, gcm cipher.AEAD, plaintext, bound []byte) []byte {
	return gcm.Seal(header, nil, plaintext, bound) //nolint:gosec // G407 sees a constant nonce; newGCM draws one itself
}
