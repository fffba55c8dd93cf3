package keyring

import "errors"

// Kind is a kind of key in the file, named as its list is.
type Kind string

// The kinds of keys.
const (
	KindMaster  Kind = "master"
	KindLookup  Kind = "lookup"
	KindSigning Kind = "signing"
)

// ErrKind is returned for an unknown kind of key.
var ErrKind = errors.New("not a kind of key")
