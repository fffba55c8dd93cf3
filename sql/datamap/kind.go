package datamap

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"
)

// Kind is the form of the values of a column.
type Kind string

// kinds maps each kind to the test of its values, which is not called for NULL and empty values.
var kinds = map[Kind]func(value []byte) bool{ //nolint:gochecknoglobals // a constant table
	"id":      regexp.MustCompile(`^[a-z]{3}_[0-9A-Za-z]{20,44}$`).Match,                    // one of our random ids
	"word":    regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,47}$`).Match,                         // a constant of our code or of the operator's settings
	"phrase":  regexp.MustCompile(`^[a-z][a-z0-9_ ]{0,63}$`).Match,                          // several words of our code
	"name":    name,                                                                         // chosen by another system: a version, a registry's case id
	"number":  regexp.MustCompile(`^-?[0-9]{1,12}$`).Match,                                  // a count or a flag
	"time":    regexp.MustCompile(`^[0-9]{13}$|^0$`).Match,                                  // Unix milliseconds; 0 = none
	"day":     regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`).Match,                     // civil date in Beijing
	"digest":  regexp.MustCompile(`^[0-9a-f]{64}$|^[0-9A-Za-z_-]{43}$`).Match,               // SHA-256 of something salted or public
	"receipt": regexp.MustCompile(`^[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$`).Match, // compact JWS
	"scope":   regexp.MustCompile(`^[a-z_-]+(\|[0-9A-Za-z_=-]+)*$`).Match,                   // what a quota limits
	"scopes":  scopes,                                                                       // JSON of scopes
	"hash":    func(value []byte) bool { return len(value) == hashSize },                    // keyed, or of a random token
	"tag":     func(value []byte) bool { return len(value) == tagSize && value[0] == 1 },    // of a row, under a key of the key file
	"sealed":  sealed,                                                                       // ciphertext
	"picture": func(value []byte) bool { return bytes.HasPrefix(value, []byte("\x89PNG")) }, // PNG, public
	"words":   utf8.Valid,                                                                   // text of the operator or of our code
	"engine":  func([]byte) bool { return true },                                            // of the migration tool
}

const (
	hashSize = 32
	tagSize  = 25 // format, fingerprint of the key, code
)

// Fits reports whether a value has the form of the kind. NULL and empty values have the form of every known kind.
func (k Kind) Fits(value []byte) bool {
	fits, ok := kinds[k]
	return ok && (len(value) == 0 || fits(value))
}

var (
	machineName = regexp.MustCompile(`^[!-~]{1,128}$`)
	longNumber  = regexp.MustCompile(`^[0-9]{11,19}[0-9Xx]?$`) // as of an identity document, a card or a telephone
)

func name(value []byte) bool { return machineName.Match(value) && !longNumber.Match(value) }

// sealOverhead is the number of bytes that sealing adds to a value: version, nonce and tag.
const sealOverhead = 29

// sealed reports whether a value can be a ciphertext. Valid UTF-8 is taken for plaintext: random bytes are valid UTF-8 with
// a probability of about 1e-8 at the minimum length.
func sealed(value []byte) bool {
	return len(value) > sealOverhead && !utf8.Valid(value)
}

func scopes(value []byte) bool {
	return (value[0] == '[' || value[0] == '{') && !bytes.ContainsRune(value, '\\') && json.Valid(value)
}
