package keyring

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"renzheng/strictjson"
)

const keyBytes = 32 // AES-256, and the output of SHA-256

// secretKey is a master or look-up key: 32 random bytes under an id.
type secretKey struct {
	id  string
	key []byte
}

type secretJSON struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

func generateSecret(id string) secretKey {
	key := make([]byte, keyBytes)
	rand.Read(key)
	return secretKey{id, key}
}

// nextID counts on from the highest number in use.
func nextID(prefix string, secrets []secretKey) string {
	highest := 0
	for _, s := range secrets {
		if n, err := strconv.Atoi(strings.TrimPrefix(s.id, prefix)); err == nil && n > highest {
			highest = n
		}
	}
	return prefix + strconv.Itoa(highest+1)
}

func encodeSecrets(secrets []secretKey) []secretJSON {
	out := make([]secretJSON, len(secrets))
	for i, s := range secrets {
		out[i] = secretJSON{s.id, base64.StdEncoding.EncodeToString(s.key)}
	}
	return out
}

func (r *reader) secrets(raw json.RawMessage, at string) []secretKey {
	elements := r.List(raw, at)
	if len(elements) == 0 && raw != nil {
		r.Add(at, "has no key")
	}
	secrets := make([]secretKey, 0, len(elements))
	for i, element := range elements {
		here := at + "/" + strconv.Itoa(i)
		members := r.Object(element, here, strictjson.Names{Required: []string{"id", "key"}})
		if members == nil {
			continue
		}
		id := r.Text(members["id"], here+"/id")
		if members["id"] != nil && !isID(id) {
			r.Add(here+"/id", "is not 1 to 32 of a-z, 0-9 and -")
		}
		key, err := base64.StdEncoding.Strict().DecodeString(r.Text(members["key"], here+"/key"))
		if members["key"] != nil && (err != nil || len(key) != keyBytes) {
			r.Add(here+"/key", "is not 32 bytes in base64")
		} else if err == nil && isPlaceholder(key) {
			r.Add(here+"/key", "is one byte repeated, not a random key")
		}
		secrets = append(secrets, secretKey{id, key})
	}
	return secrets
}

func isID(id string) bool {
	return id != "" && len(id) <= 32 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func isPlaceholder(key []byte) bool {
	return len(key) > 0 && strings.Count(string(key), string(key[:1])) == len(key)
}
