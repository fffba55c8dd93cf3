package keyring

import (
	"fmt"
	"time"
)

// Listed describes one key of the file. It is not secret.
type Listed struct {
	ID      string    // of a signing key, the kid in jwks.json
	UseFrom time.Time // when a signing key begins to sign; zero for the other kinds, which have no such time
}

// List returns the keys of one kind in the order of the file: the key in use first, of signing keys the newest. An
// introduced key that waits is the last.
//
// Errors: the problems of the file as for [Open]; [ErrKind].
func List(raw []byte, kind Kind) ([]Listed, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, err
	}
	var secrets []secretKey
	var keys []Listed
	switch kind {
	case KindMaster:
		secrets = f.masters
	case KindLookup:
		secrets = f.lookups
	case KindSigning:
		for _, s := range f.signingKeys {
			keys = append(keys, Listed{ID: s.ID, UseFrom: s.from})
		}
	default:
		return nil, fmt.Errorf("listing %q: %w", kind, ErrKind)
	}
	for _, s := range secrets {
		keys = append(keys, Listed{ID: s.id})
	}
	return keys, nil
}
