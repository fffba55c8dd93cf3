package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Kind is what was done, such as "visit.verified". The domain whose act it is defines it.
type Kind string

// KindCorrection is the kind of an entry that corrects another one.
const KindCorrection Kind = "ledger.correction"

// Draft is a manual act that is to be recorded. The store appends it in the transaction of the act.
type Draft struct {
	ID        string // "led_" and 32 hex digits, drawn by the caller, so that a receipt can name the entry before its number is known
	At        time.Time
	Kind      Kind
	Office    string // where the member works
	Member    string // "stf_…"
	Reference string // id of what the act is about; "" if absent
	Reason    string // code; "" if the kind says it all
	Digest    string // salted SHA-256 of what is personal, or the digest of what was issued; "" if absent
	Corrects  int64  // sequence of the entry that this one corrects; 0 unless Kind is KindCorrection
}

// Entry is one line of the ledger. Its fields are declared in the order of RFC 8785.
type Entry struct {
	At        time.Time `json:"at"` // UTC, in milliseconds
	Corrects  int64     `json:"corrects,omitempty"`
	Digest    string    `json:"digest,omitempty"`
	Hash      string    `json:"hash,omitempty"` // base64url
	ID        string    `json:"id"`
	Kind      Kind      `json:"kind"`
	Member    string    `json:"member"`
	Office    string    `json:"office"`
	Previous  string    `json:"previous"` // Hash of the entry before; of the first one, that of an empty ledger
	Reason    string    `json:"reason,omitempty"`
	Reference string    `json:"reference,omitempty"`
	Sequence  int64     `json:"sequence"`
}

// ErrEntry reports a draft or an entry with an invalid field.
var ErrEntry = errors.New("not an entry of a ledger")

var (
	wordPattern   = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,47}$`)
	tokenPattern  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$`)
	idPattern     = regexp.MustCompile(`^led_[0-9a-f]{32}$`)
	digestPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
)

// Validate returns an error that wraps ErrEntry and names the first invalid field.
func (e Entry) Validate() error {
	optional := func(pattern *regexp.Regexp, value string) bool { return value == "" || pattern.MatchString(value) }
	for _, field := range []struct {
		name string
		ok   bool
	}{
		{"at", e.At.Year() >= 2020 && e.At.Year() < 10000 && e.At.Equal(e.At.Truncate(time.Millisecond)) && e.At.Location() == time.UTC},
		{"corrects", (e.Corrects > 0) == (e.Kind == KindCorrection) && e.Corrects >= 0 && e.Corrects < e.Sequence},
		{"digest", optional(digestPattern, e.Digest)},
		{"id", idPattern.MatchString(e.ID)},
		{"kind", wordPattern.MatchString(string(e.Kind))},
		{"member", tokenPattern.MatchString(e.Member)},
		{"office", tokenPattern.MatchString(e.Office)},
		{"previous", digestPattern.MatchString(e.Previous)},
		{"reason", optional(wordPattern, e.Reason)},
		{"reference", optional(tokenPattern, e.Reference)},
		{"sequence", e.Sequence > 0 && e.Sequence < maxSequence},
	} {
		if !field.ok {
			return fmt.Errorf("%w: its %s is invalid", ErrEntry, field.name)
		}
	}
	return nil
}

// maxSequence keeps numbers exact in every reader of JSON.
const maxSequence = 1 << 53
