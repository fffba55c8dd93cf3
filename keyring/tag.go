package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"sync"
)

const (
	tagFormat = 1
	macBytes  = 16 // of HMAC-SHA256: nobody can try tags but by writing them to the database
	tagHeader = 1 + fingerprintBytes
)

// TagContent is the encoding of a row's columns that are authenticated by a [Keyring.Tag]. Each value follows its type,
// and a text also its length, so that different rows have different encodings.
//
// Zero value: unusable; call [NewTagContent]. Secrecy: that of the columns.
type TagContent []byte

const usualContent = 512 // bytes; the rows of all tables have fewer

// NewTagContent begins the encoding of a row of a table. The columns follow in an order that never changes.
func NewTagContent(table string) TagContent {
	return append(make(TagContent, 0, usualContent), tagFormat).Text(table)
}

// Text adds a text or bytes.
func (c TagContent) Text(values ...string) TagContent {
	for _, value := range values {
		c = append(c, 't')
		c = binary.BigEndian.AppendUint64(c, uint64(len(value)))
		c = append(c, value...)
	}
	return c
}

// Number adds a whole number.
func (c TagContent) Number(values ...int64) TagContent {
	for _, value := range values {
		c = append(c, 'n')
		c = binary.BigEndian.AppendUint64(c, uint64(value)) //nolint:gosec // two's complement, one to one
	}
	return c
}

// Flag adds a truth value.
func (c TagContent) Flag(values ...bool) TagContent {
	for _, value := range values {
		number := int64(0)
		if value {
			number = 1
		}
		c = c.Number(number)
	}
	return c
}

// Null adds a value that is absent, which differs from an empty one.
func (c TagContent) Null() TagContent { return append(c, '0') }

// Tag returns the tag of a row under the newest master key. It is stored with the row, so that a change that was made
// in the database is noticed.
//
// Shape: format 1, 8 bytes fingerprint of the master key, the first 16 bytes of an HMAC-SHA256. Equal contents have
// equal tags. Secrecy: safe to store; without the master key nobody can compute one.
func (r *Keyring) Tag(c TagContent) []byte { return r.keys.Load().masters[0].tag(c) }

// VerifyTag reports whether a tag was made for this content, under any master key of the file.
func (r *Keyring) VerifyTag(c TagContent, tag []byte) bool {
	_, ok := r.keys.Load().tagMaster(c, tag)
	return ok
}

// RenewTag returns the tag of the same content under the newest master key. ok reports whether the old one was made
// for this content; if not, there is no new one.
func (r *Keyring) RenewTag(c TagContent, old []byte) (tag []byte, ok bool) {
	keys := r.keys.Load()
	m, ok := keys.tagMaster(c, old)
	switch {
	case !ok:
		return nil, false
	case m == keys.masters[0]:
		return old, true
	}
	return keys.masters[0].tag(c), true
}

// tagMaster returns the master key under which a tag was made for this content.
func (k *keySet) tagMaster(c TagContent, tag []byte) (*master, bool) {
	if len(tag) != tagHeader+macBytes || tag[0] != tagFormat {
		return nil, false
	}
	m, ok := k.byFingerprint[fingerprint(tag[1:tagHeader])]
	if !ok {
		return nil, false
	}
	mac := m.tags.mac(c)
	return m, hmac.Equal(mac[:macBytes], tag[tagHeader:])
}

func (m *master) tag(c TagContent) []byte {
	mac := m.tags.mac(c)
	out := make([]byte, 0, tagHeader+macBytes)
	out = append(out, tagFormat)
	out = append(out, m.fingerprint[:]...)
	return append(out, mac[:macBytes]...)
}

// tagger computes HMACs under one key. It keeps them prepared, because a list of to-dos takes one for each row.
type tagger struct{ prepared sync.Pool }

func newTagger(key []byte) *tagger {
	return &tagger{sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

func (t *tagger) mac(c TagContent) [sha256.Size]byte {
	mac, ok := t.prepared.Get().(hash.Hash)
	if !ok {
		panic("keyring: the pool holds something else")
	}
	defer t.prepared.Put(mac)
	mac.Reset()
	mac.Write(c)
	var sum [sha256.Size]byte
	mac.Sum(sum[:0])
	return sum
}
