package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// Purpose is what a look-up hash is for. Each purpose has its own key, so that the hashes of one value for different
// purposes cannot be linked.
type Purpose string

// The purposes of look-up hashes.
const (
	ForSubject     Purpose = "subject"       // documents, to find the subject
	ForAccount     Purpose = "account"       // a channel's user id
	ForCard        Purpose = "card"          // bank card numbers, for the networks' limits
	ForIdempotency Purpose = "idempotency"   // bodies of idempotent calls
	ForCode        Purpose = "code"          // authorization codes and session tokens
	ForStrokes     Purpose = "strokes"       // handwriting, to reject the same strokes a second time
	ForSupport     Purpose = "support"       // a person's id towards the service account of technical support
	ForInvitation  Purpose = "invitation"    // tokens and codes of invitations
	ForStaff       Purpose = "staff"         // accounts and sessions at the authority's identity provider
	ForWindow      Purpose = "window"        // documents that were typed at a window and did not match
	ForSubscriber  Purpose = "subscriber"    // what a subscriber signs in with
	ForOneTimeCode Purpose = "one_time_code" // one-time codes, the numbers that they are for and the networks that asked
)

// Hash is the keyed hash by which a value is found without being stored.
//
// Shape: 32 bytes, HMAC-SHA256. Secrecy: safe to store; without the look-up key nobody can compute or test one.
type Hash []byte

// lookup holds what is derived from a look-up key: one key for each purpose.
type lookup struct {
	id    string
	keys  map[Purpose][]byte
	root  []byte
	check []byte
}

func newLookup(secret secretKey) *lookup {
	l := &lookup{
		id:    secret.id,
		keys:  map[Purpose][]byte{},
		root:  derive(secret.key, "lookup"),
		check: derive(secret.key, "check"),
	}
	for _, purpose := range [...]Purpose{ForSubject, ForAccount, ForCard, ForIdempotency, ForCode, ForStrokes, ForSupport, ForInvitation, ForStaff, ForWindow, ForSubscriber, ForOneTimeCode} {
		l.keys[purpose] = derive(l.root, string(purpose))
	}
	return l
}

func (l *lookup) hash(u Purpose, parts []string) Hash {
	key, ok := l.keys[u]
	if !ok {
		key = derive(l.root, string(u))
	}
	mac := hmac.New(sha256.New, key)
	var length [8]byte
	for _, part := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		mac.Write(length[:])
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)
}
