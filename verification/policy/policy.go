package policy

import (
	"crypto/sha256"
	_ "embed" // the default policy
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed policy.json
var defaultPolicy []byte

// Policy defines which checks, in which order and by which providers, serve a
// purpose, document and channel (R15). It is data: an operator may provide another,
// within the rules of validate.go. Immutable.
type Policy struct {
	data   data
	digest string
}

type data struct {
	Version string `json:"version"`
	Routes  []rule `json:"routes"`

	// SessionRecords is omitted if it is false, so that the digests of existing policies stay the same.
	SessionRecords bool `json:"session_records,omitempty"`
}

// rule serves every combination of its lists.
type rule struct {
	Purposes  []Purpose               `json:"purposes"`
	Documents []identity.DocumentType `json:"documents"`
	Channels  []string                `json:"channels"`
	Steps     []Step                  `json:"steps"`
}

// Step is a check and the providers that may do it.
type Step struct {
	Check     CheckKind `json:"check"`
	Providers Providers `json:"providers"`
}

// BuiltIn returns the default policy as Load reads it.
func BuiltIn() []byte { return slices.Clone(defaultPolicy) }

// Default returns the policy that applies unless the operator provides one.
func Default() (*Policy, error) { return Load(defaultPolicy) }

// Load parses a policy: one JSON object without unknown members. It reports
// everything that is below the minimum or inconsistent.
func Load(raw []byte) (*Policy, error) {
	var file data
	if err := strictjson.Decode(raw, &file); err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	if err := file.validate(); err != nil {
		return nil, fmt.Errorf("checking the policy: %w", err)
	}
	canonical, err := json.Marshal(file)
	if err != nil {
		return nil, fmt.Errorf("digesting the policy: %w", err)
	}
	sum := sha256.Sum256(canonical)
	return &Policy{data: file, digest: hex.EncodeToString(sum[:])}, nil
}

// Digest returns the SHA-256 of the policy's content, 64 hex digits. White space in
// its file does not matter.
func (p *Policy) Digest() string { return p.digest }

// SessionRecords reports whether a session may list its own answers, masked, after its
// access grant has expired and without another face check.
func (p *Policy) SessionRecords() bool { return p.data.SessionRecords }

// Steps returns the checks of a route in order, or false if the policy does not have
// it.
func (p *Policy) Steps(r Route) ([]Step, bool) {
	for _, rule := range p.data.Routes {
		if rule.serves(r) {
			return slices.Clone(rule.Steps), true
		}
	}
	return nil, false
}

func (r rule) serves(route Route) bool {
	return slices.Contains(r.Purposes, route.Purpose) &&
		slices.Contains(r.Documents, route.Document) &&
		slices.Contains(r.Channels, route.Channel)
}
