package verification

import (
	"crypto/sha256"
	_ "embed" // the default notices
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/verification/policy"
)

//go:embed notices.json
var defaultNotices []byte

// Notices are the texts in force. They are data: an operator may bring others,
// with all parts that the law asks for. Immutable.
type Notices struct {
	all    []noticeData
	hashes map[string]map[string]string // by id, then language
}

// noticeData is one notice in all its languages.
type noticeData struct {
	ID      string                `json:"id"`
	Version string                `json:"version"`
	Kind    ConsentKind           `json:"kind"`
	For     []noticeScope         `json:"for"`   // where it is shown; empty = everywhere
	Texts   map[string]noticeText `json:"texts"` // by language
}

// noticeScope is a set of routes. An empty list fits all.
type noticeScope struct {
	Channels  []string                `json:"channels"`
	Documents []identity.DocumentType `json:"documents"`
	Purposes  []policy.Purpose        `json:"purposes"`
}

type noticeText struct {
	Title     string      `json:"title"`
	Statement string      `json:"statement"`
	Parts     NoticeParts `json:"parts"`
}

// DefaultNotices returns the texts that hold unless the operator brings others.
func DefaultNotices() (*Notices, error) { return LoadNotices(defaultNotices) }

// LoadNotices reads notices: one JSON array, no unknown members. It reports
// every part that is missing and every flow without its notice (R34).
func LoadNotices(raw []byte) (*Notices, error) {
	n := &Notices{hashes: map[string]map[string]string{}}
	if err := policy.DecodeOne(raw, &n.all); err != nil {
		return nil, fmt.Errorf("reading the notices: %w", err)
	}
	if err := errors.Join(n.problems()...); err != nil {
		return nil, fmt.Errorf("checking the notices: %w", err)
	}
	for _, data := range n.all {
		n.hashes[data.ID] = map[string]string{}
		for language := range data.Texts {
			hash, err := data.hash(language)
			if err != nil {
				return nil, fmt.Errorf("digesting the notices: %w", err)
			}
			n.hashes[data.ID][language] = hash
		}
	}
	return n, nil
}

// hash digests all that is shown of a notice in a language.
func (d noticeData) hash(language string) (string, error) {
	canonical, err := json.Marshal(struct {
		Domain   string      `json:"domain"`
		ID       string      `json:"id"`
		Version  string      `json:"version"`
		Kind     ConsentKind `json:"kind"`
		Language string      `json:"language"`
		Text     noticeText  `json:"text"`
	}{"renzheng/notice/1", d.ID, d.Version, d.Kind, language, d.Texts[language]})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:]), nil
}

// For returns the notices of the kinds that fit a route, in that order.
func (n *Notices) For(r policy.Route, kinds []ConsentKind, language string) []Notice {
	found := make([]Notice, 0, len(kinds))
	for _, kind := range kinds {
		for _, data := range n.all {
			if data.Kind == kind && data.fits(r) {
				found = append(found, n.show(data, language))
			}
		}
	}
	return found
}

func (d noticeData) fits(r policy.Route) bool {
	return len(d.For) == 0 || slices.ContainsFunc(d.For, func(scope noticeScope) bool {
		return fits(scope.Channels, r.Channel) && fits(scope.Documents, r.Document) && fits(scope.Purposes, r.Purpose)
	})
}

func fits[T comparable](allowed []T, one T) bool {
	return len(allowed) == 0 || slices.Contains(allowed, one)
}

// show gives a notice in a language, in the default one where it lacks.
func (n *Notices) show(d noticeData, language string) Notice {
	text, there := d.Texts[language]
	if !there {
		language = identity.DefaultLanguage
		text = d.Texts[language]
	}
	return Notice{
		ID: d.ID, Version: d.Version, Kind: d.Kind, Language: language,
		Title: text.Title, Statement: text.Statement, Parts: text.Parts, Hash: n.hashes[d.ID][language],
	}
}

func (n *Notices) translate(shown Notice, language string) Notice {
	for _, data := range n.all {
		if data.ID == shown.ID {
			return n.show(data, language)
		}
	}
	return shown
}

// inForce returns the notice that a reference names, in the language that its
// hash says, where version and text are the ones in force.
func (n *Notices) inForce(ref NoticeRef) (Notice, bool) {
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
