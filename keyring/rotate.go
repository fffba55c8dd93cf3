package keyring

import (
	"fmt"
	"time"
)

// publishAhead is how long a signing key is published before it signs, so that a verifier which caches the public keys
// for a day knows it by then.
const publishAhead = 24 * time.Hour

// Generate makes the first key file of a deployment: one key of each kind, all in use from now.
//
// Secrecy: the whole result is secret.
func Generate(now time.Time) ([]byte, error) {
	s, err := generateSigningKey(now.UTC().Truncate(time.Second))
	if err != nil {
		return nil, err
	}
	first := &file{
		masters:     []secretKey{generateSecret("m1")},
		lookups:     []secretKey{generateSecret("l1")},
		signingKeys: []signingKey{s},
	}
	return first.encode()
}

// Rotate returns the file with a new key of one kind in front.
//
// A master or look-up key seals at once, and the older ones still open. Every replica needs the new file before the
// first one seals with it. An old key may be removed once nothing is stored under it. A signing key is published at once
// and signs after 24 hours. The private keys that it replaces are removed; their public keys stay for ever.
//
// Errors: the problems of the file as for [Open]; [ErrKind]. Secrecy: the whole result is secret.
func Rotate(raw []byte, kind Kind, now time.Time) ([]byte, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, err
	}
	switch kind {
	case KindMaster:
		f.masters = append([]secretKey{generateSecret(nextID("m", f.masters))}, f.masters...)
	case KindLookup:
		f.lookups = append([]secretKey{generateSecret(nextID("l", f.lookups))}, f.lookups...)
	case KindSigning:
		if err := f.rotateSigningKey(now); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("rotating %q: %w", kind, ErrKind)
	}
	return f.encode()
}

func (f *file) rotateSigningKey(now time.Time) error {
	f.retire(now)
	from := now.UTC().Truncate(time.Second).Add(publishAhead)
	if newest := f.signingKeys[0].from; from.Before(newest) { // a clock set back must not disturb the order
		from = newest
	}
	next, err := generateSigningKey(from)
	if err != nil {
		return err
	}
	f.signingKeys = append([]signingKey{next}, f.signingKeys...)
	return nil
}

// retire removes the private keys that are older than the one that signs now, and keeps their public keys.
func (f *file) retire(now time.Time) {
	for i, s := range f.signingKeys {
		if s.from.After(now) {
			continue
		}
		retired := file{signingKeys: f.signingKeys[i+1:], published: f.published}
		f.published, f.signingKeys = retired.public(), f.signingKeys[:i+1]
		return
	}
}
