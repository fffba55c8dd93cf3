package agency

import (
	"crypto"
	"encoding/json"

	"renzheng/strictjson"
)

// ContentDigest lets vectors be computed.
func ContentDigest(body []byte) string { return contentDigest(body) }

// ReadPrivate lets vectors be signed.
func ReadPrivate(text string) (crypto.Signer, error) { return readPrivate(text) }

// Rejected returns the error of an answer with a code.
func Rejected(code string, status int) error {
	return rejected("call", answer{status: status, object: strictjson.Object{"code": json.RawMessage(`"` + code + `"`)}})
}
