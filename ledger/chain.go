package ledger

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
)

// domain is hashed before each entry, so that no hash of anything else is one of an entry.
const domain = "renzheng/ledger/1\n"

// Head is the end of a ledger: the number and hash of its last entry.
type Head struct {
	Hash     string `json:"hash"`
	Sequence int64  `json:"sequence"`
}

// Empty returns the head of a ledger without entries.
func Empty() Head { return Head{Hash: hashOf(nil)} }

// Next returns the entry that records a draft after the head. The head of the ledger is then that of the entry.
//
// Errors: ErrEntry.
func (h Head) Next(d Draft) (Entry, error) {
	e := Entry{
		At: d.At.UTC().Truncate(time.Millisecond), Corrects: d.Corrects, Digest: d.Digest, ID: d.ID, Kind: d.Kind, Member: d.Member, Office: d.Office,
		Previous: h.Hash, Reason: d.Reason, Reference: d.Reference, Sequence: h.Sequence + 1,
	}
	if err := e.Validate(); err != nil {
		return Entry{}, err
	}
	var err error
	e.Hash, err = e.hash()
	return e, err
}

// Head returns the head of a ledger whose last entry is e.
func (e Entry) Head() Head { return Head{Sequence: e.Sequence, Hash: e.Hash} }

// hash returns what Hash must be.
func (e Entry) hash() (string, error) {
	e.Hash = ""
	text, err := canonical(e)
	return hashOf(text), err
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(append([]byte(domain), text...))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// canonical returns the RFC 8785 JSON of an entry or an end. The members of both are declared in that order, and a valid one
// has nothing in it that encoding/json writes in another way.
func canonical(value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("writing an entry: %w", err)
	}
	return text, nil
}
