package datamap

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"
)

// Kind is what the values of a column look like.
type Kind string

// kinds are the kinds, each with the form of its values. NULL and empty values fit every kind.
var kinds = map[Kind]func(value []byte) bool{ //nolint:gochecknoglobals // a constant table
	"id":      regexp.MustCompile(`^[a-z]{3}_[0-9A-Za-z]{20,44}$`).Match,                    // of ours, random
	"word":    regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,47}$`).Match,                         // one of a few, from our code or the operator's settings
	"phrase":  regexp.MustCompile(`^[a-z][a-z0-9_ ]{0,63}$`).Match,                          // our own words
	"name":    name,                                                                         // given by a machine: a version, a case id of a registry
	"number":  regexp.MustCompile(`^-?[0-9]{1,12}$`).Match,                                  // a count or a flag
	"time":    regexp.MustCompile(`^[0-9]{13}$|^0$`).Match,                                  // Unix milliseconds; 0 = none
	"day":     regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`).Match,                     // civil date in Beijing
	"digest":  regexp.MustCompile(`^[0-9a-f]{64}$|^[0-9A-Za-z_-]{43}$`).Match,               // SHA-256 of something salted or public
	"receipt": regexp.MustCompile(`^[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$`).Match, // compact JWS
	"scope":   regexp.MustCompile(`^[a-z_-]+(\|[0-9A-Za-z_=-]+)*$`).Match,                   // what a budget bounds
	"scopes":  scopes,                                                                       // JSON of them
	"hash":    func(value []byte) bool { return len(value) == hashSize },                    // keyed or of a random token
	"sealed":  sealed,                                                                       // ciphertext
	"picture": func(value []byte) bool { return bytes.HasPrefix(value, []byte("\x89PNG")) }, // public
	"words":   utf8.Valid,                                                                   // the operator's or our own
	"engine":  func([]byte) bool { return true },                                            // the migration tool's own
}

const hashSize = 32

// Fits reports whether a value has the form of the kind. NULL and empty values fit.
func (k Kind) Fits(value []byte) bool {
	form, known := kinds[k]
	return known && (len(value) == 0 || form(value))
}

var (
	machineName = regexp.MustCompile(`^[!-~]{1,128}$`)
	longNumber  = regexp.MustCompile(`^[0-9]{11,19}[0-9Xx]?$`) // of an identity document, a card or a telephone
)

func name(value []byte) bool { return machineName.Match(value) && !longNumber.Match(value) }

// sealedLeast is what sealing adds to a value: version, nonce and tag.
const sealedLeast = 29

// sealed reports whether a value can be a ciphertext. One of thirty bytes is valid UTF-8 by chance once in some hundred million.
func sealed(value []byte) bool {
	return len(value) > sealedLeast && !utf8.Valid(value)
}

func scopes(value []byte) bool {
	return (value[0] == '[' || value[0] == '{') && !bytes.ContainsRune(value, '\\') && json.Valid(value)
}
