package wechattest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
)

const (
	prefixBytes = 16 // random, before the length of the message
	padTo       = 32
)

// Sign returns the signature over the parts, of which the push token is one.
func Sign(parts ...string) string {
	sorted := slices.Clone(parts)
	slices.Sort(sorted)
	sum := sha1.Sum([]byte(strings.Join(sorted, "")))
	return hex.EncodeToString(sum[:])
}

// Seal encrypts a message for an application, as WeChat's server does.
func Seal(key []byte, appID string, message []byte) (string, error) {
	var plain bytes.Buffer
	prefix := make([]byte, prefixBytes)
	_, _ = rand.Read(prefix) // never fails since Go 1.24
	plain.Write(prefix)
	_ = binary.Write(&plain, binary.BigEndian, uint32(len(message))) // a buffer takes everything
	plain.Write(message)
	plain.WriteString(appID)
	pad := padTo - plain.Len()%padTo
	plain.Write(bytes.Repeat([]byte{byte(pad)}, pad))
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(plain.Bytes(), plain.Bytes())
	return base64.StdEncoding.EncodeToString(plain.Bytes()), nil
}

// Open decrypts what an application answered.
func Open(key []byte, appID, envelope string) ([]byte, error) {
	text, err := base64.StdEncoding.DecodeString(envelope)
	if err != nil || len(text) == 0 || len(text)%padTo != 0 {
		return nil, errors.New("answer is no envelope")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	cipher.NewCBCDecrypter(block, key[:aes.BlockSize]).CryptBlocks(text, text)
	text = bytes.TrimSuffix(text, bytes.Repeat(text[len(text)-1:], int(text[len(text)-1])))
	if len(text) < prefixBytes+4 {
		return nil, errors.New("answer is too short")
	}
	length := int(binary.BigEndian.Uint32(text[prefixBytes:]))
	rest := text[prefixBytes+4:]
	if length > len(rest) || string(rest[length:]) != appID {
		return nil, errors.New("answer is of another application")
	}
	return rest[:length], nil
}
