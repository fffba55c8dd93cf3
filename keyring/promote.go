package keyring

import (
	"errors"
	"fmt"
)

// ErrNotWaiting is returned by [Promote] if no key was introduced.
var ErrNotWaiting = errors.New("no key waits: introduce one first")

// Introduce returns the file with a new master or look-up key at the end: it opens, and seals nothing yet.
//
// Several replicas rotate in two steps, so that each can read all data: introduce, install the file on all
// of them, then [Promote] and install it on all of them again. A signing key needs no such care, see [Rotate].
//
// Errors: the problems of the file as for [Open]; [ErrKind]. Secrecy: the whole result is secret.
func Introduce(raw []byte, kind Kind) ([]byte, error) {
	f, list, prefix, err := secretsOf(raw, kind)
	if err != nil {
		return nil, err
	}
	*list = append(*list, generateSecret(nextID(prefix, *list)))
	return f.encode()
}

// Promote returns the file with the introduced key in front: from now on it seals, and the older ones open.
//
// Errors: the problems of the file as for [Open]; [ErrKind]; [ErrNotWaiting]. Secrecy: the whole result is secret.
func Promote(raw []byte, kind Kind) ([]byte, error) {
	f, list, prefix, err := secretsOf(raw, kind)
	if err != nil {
		return nil, err
	}
	all := *list
	older, last := all[:len(all)-1], all[len(all)-1]
	if len(older) == 0 || nextID(prefix, older) != last.id {
		return nil, fmt.Errorf("promoting a %s key: %w", kind, ErrNotWaiting)
	}
	*list = append([]secretKey{last}, older...)
	return f.encode()
}

// secretsOf returns the opened file, and its list of one kind with the prefix of ids there.
func secretsOf(raw []byte, kind Kind) (*file, *[]secretKey, string, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, nil, "", err
	}
	switch kind {
	case KindMaster:
		return f, &f.masters, "m", nil
	case KindLookup:
		return f, &f.lookups, "l", nil
	case KindSigning:
	}
	return nil, nil, "", fmt.Errorf("introducing %q: %w", kind, ErrKind)
}
