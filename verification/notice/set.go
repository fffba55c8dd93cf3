package notice

import (
	"crypto/sha256"
	_ "embed" // the default notices
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
	"renzheng/verification/policy"
)

//go:embed notices.json
var defaultNotices []byte

// Set holds the texts in force. They are data: an operator may provide others, with
// all parts that the law requires. Immutable.
type Set struct {
	all    []entry
	hashes map[string]map[string]string // by id, then language
}

// entry is one notice in all its languages.
type entry struct {
	ID      string          `json:"id"`
	Version string          `json:"version"`
	Kind    Kind            `json:"kind"`
	For     []scope         `json:"for"`   // where it is shown; empty for everywhere
	Texts   map[string]text `json:"texts"` // by language

	Recipients recipients `json:"recipients,omitempty"` // whom the texts name; see Naming
}

// scope is a set of routes. An empty list matches all.
type scope struct {
	Channels  []string                `json:"channels"`
	Documents []identity.DocumentType `json:"documents"`
	Purposes  []policy.Purpose        `json:"purposes"`
}

type text struct {
	Title     string `json:"title"`
	Statement string `json:"statement"`
	Parts     Parts  `json:"parts"`
}

// BuiltIn returns the default texts as Load reads them.
func BuiltIn() []byte { return slices.Clone(defaultNotices) }

// Default returns the texts that apply unless the operator provides others.
func Default() (*Set, error) { return Load(defaultNotices) }

// Load parses notices: one JSON array without unknown members. It reports every part
// that is missing and every flow without its notice (R34).
func Load(raw []byte) (*Set, error) {
	n := &Set{hashes: map[string]map[string]string{}}
	if err := strictjson.Decode(raw, &n.all); err != nil {
		return nil, fmt.Errorf("reading the notices: %w", err)
	}
	if err := n.validate(); err != nil {
		return nil, fmt.Errorf("checking the notices: %w", err)
	}
	for _, data := range n.all {
		hashes, err := data.hashes()
		if err != nil {
			return nil, err
		}
		n.hashes[data.ID] = hashes
	}
	return n, nil
}

// hashes returns the digests in all languages.
func (d entry) hashes() (map[string]string, error) {
	hashes := map[string]string{}
	for language := range d.Texts {
		hash, err := d.hash(language)
		if err != nil {
			return nil, fmt.Errorf("digesting the notices: %w", err)
		}
		hashes[language] = hash
	}
	return hashes, nil
}

// hash returns the digest of everything that is shown of a notice in a language.
func (d entry) hash(language string) (string, error) {
	canonical, err := json.Marshal(struct {
		Domain   string `json:"domain"`
		ID       string `json:"id"`
		Version  string `json:"version"`
		Kind     Kind   `json:"kind"`
		Language string `json:"language"`
		Text     text   `json:"text"`

		Recipients recipients `json:"recipients,omitempty"`
	}{"renzheng/notice/1", d.ID, d.Version, d.Kind, language, d.Texts[language], d.Recipients})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:]), nil
}

// For returns the notices of the kinds for a route, in the order of the kinds.
func (n *Set) For(r policy.Route, kinds []Kind, language string) []Notice {
	notices := make([]Notice, 0, len(kinds))
	for _, kind := range kinds {
		for _, data := range n.all {
			if data.Kind == kind && data.fits(r) {
				notices = append(notices, n.show(data, language))
			}
		}
	}
	return notices
}

// Remembering reports whether a channel has a notice of kind remember, and therefore
// offers to remember documents.
func (n *Set) Remembering(channel identity.Channel) bool { return n.Offers(channel, Remember) }

// Offers reports whether a channel has a notice of a kind that no check needs.
func (n *Set) Offers(channel identity.Channel, kind Kind) bool {
	route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: string(channel)}
	return n.count(route, kind) > 0
}

// Without returns the set without the notices of a kind: what the server does not do
// is neither shown nor accepted.
func (n *Set) Without(kind Kind) *Set {
	kept := slices.DeleteFunc(slices.Clone(n.all), func(d entry) bool { return d.Kind == kind })
	return &Set{all: kept, hashes: n.hashes}
}

func (d entry) fits(r policy.Route) bool {
	return len(d.For) == 0 || slices.ContainsFunc(d.For, func(scope scope) bool {
		return fits(scope.Channels, r.Channel) && fits(scope.Documents, r.Document) && fits(scope.Purposes, r.Purpose)
	})
}

func fits[T comparable](allowed []T, one T) bool {
	return len(allowed) == 0 || slices.Contains(allowed, one)
}

// show returns a notice in a language, or in the default one if it lacks that.
func (n *Set) show(d entry, language string) Notice {
	shown, ok := d.Texts[language]
	if !ok {
		language = identity.DefaultLanguage
		shown = d.Texts[language]
	}
	return Notice{
		ID: d.ID, Version: d.Version, Kind: d.Kind, Language: language,
		Title: shown.Title, Statement: shown.Statement, Parts: shown.Parts, Hash: n.hashes[d.ID][language],
	}
}

// Translate returns the same notice in another language, or in the default one if it
// lacks that.
func (n *Set) Translate(shown Notice, language string) Notice {
	for _, data := range n.all {
		if data.ID == shown.ID {
			return n.show(data, language)
		}
	}
	return shown
}

// InForce returns the notice that a reference identifies, in the language of its hash.
// It returns false unless version and text are the ones in force.
func (n *Set) InForce(ref Ref) (Notice, bool) {
	for _, data := range n.all {
		if data.ID != ref.ID || data.Version != ref.Version {
			continue
		}
		for language, hash := range n.hashes[data.ID] {
			if hash == ref.Hash {
				return n.show(data, language), true
			}
		}
	}
	return Notice{}, false
}
