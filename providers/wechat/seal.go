package wechat

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // G505: WeChat's signature is SHA-1
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"renzheng/identity"
)

const (
	sealRandom = 16 // bytes before the message
	sealLength = 4  // bytes of its length
	sealBlock  = 32 // of the padding, not of the cipher
)

var errSeal = errors.New("envelope does not open")

// seal signs and encrypts between WeChat's server and ours, as WeChat's pages on
// the safe mode describe it: AES-256-CBC over 16 random bytes, the length, the
// message and the app id, padded to 32.
//
// The cipher does not authenticate, so an envelope is decrypted only after its
// signature was verified. The SDK compares signatures byte by byte, does not check
// that of the envelope, and re-uses the sender's random bytes.
type seal struct {
	token identity.Secret
	key   []byte // 32 bytes
	appID string
}

// sign returns the signature over the parts, in lower case hex.
func (s seal) sign(parts ...string) string {
	all := append([]string{s.token.Reveal()}, parts...)
	slices.Sort(all)
	sum := sha1.Sum([]byte(strings.Join(all, ""))) //nolint:gosec // G401: WeChat's signature is SHA-1
	return hex.EncodeToString(sum[:])
}

func (s seal) signed(signature string, parts ...string) bool {
	return subtle.ConstantTimeCompare([]byte(signature), []byte(s.sign(parts...))) == 1
}

// open decrypts an envelope whose signature was verified.
func (s seal) open(envelope string) ([]byte, error) {
	text, err := base64.StdEncoding.DecodeString(envelope)
	if err != nil || len(text) < sealBlock || len(text)%sealBlock != 0 {
		return nil, errSeal
	}
	block, err := aes.NewCipher(s.key)
	if err != nil {
		return nil, fmt.Errorf("reading the key: %w", err)
	}
	cipher.NewCBCDecrypter(block, s.key[:aes.BlockSize]).CryptBlocks(text, text)
	padding := int(text[len(text)-1])
	if padding < 1 || padding > sealBlock {
		return nil, errSeal
	}
	text = text[:len(text)-padding]
	if len(text) < sealRandom+sealLength {
		return nil, errSeal
	}
	length := binary.BigEndian.Uint32(text[sealRandom:])
	rest := text[sealRandom+sealLength:]
	if uint64(length) > uint64(len(rest)) || string(rest[length:]) != s.appID {
		return nil, errSeal
	}
	return rest[:length], nil
}

// close encrypts a message with new random bytes.
func (s seal) close(message []byte) (string, error) {
	text := make([]byte, sealRandom+sealLength, sealRandom+sealLength+len(message)+len(s.appID)+sealBlock)
	if _, err := rand.Read(text[:sealRandom]); err != nil {
		return "", fmt.Errorf("reading randomness: %w", err)
	}
	binary.BigEndian.PutUint32(text[sealRandom:], uint32(len(message))) //nolint:gosec // G115: bounded by longestMessage
	text = append(append(text, message...), s.appID...)
	padding := sealBlock - len(text)%sealBlock
	for range padding {
		text = append(text, byte(padding))
	}
	block, err := aes.NewCipher(s.key)
	if err != nil {
		return "", fmt.Errorf("reading the key: %w", err)
	}
	cipher.NewCBCEncrypter(block, s.key[:aes.BlockSize]).CryptBlocks(text, text)
	return base64.StdEncoding.EncodeToString(text), nil
}
