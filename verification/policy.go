package verification

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the default policy
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"renzheng/identity"
)

//go:embed policy.json
var defaultPolicy []byte

// Policy says which checks, in which order and by which providers, serve a
// purpose, document and channel (R15). It is data: an operator may bring
// another, above the floor of floor.go. Immutable.
type Policy struct {
	data   policyData
	digest string
}

type policyData struct {
	Version string       `json:"version"`
	Routes  []policyRule `json:"routes"`
}

// policyRule serves every combination of its lists.
type policyRule struct {
	Purposes  []Purpose               `json:"purposes"`
	Documents []identity.DocumentType `json:"documents"`
	Channels  []string                `json:"channels"`
	Steps     []PolicyStep            `json:"steps"`
}

// PolicyStep is a check and who may do it.
type PolicyStep struct {
	Check     CheckKind       `json:"check"`
	Providers PolicyProviders `json:"providers"`
}

// DefaultPolicy returns the policy that holds unless the operator brings one.
func DefaultPolicy() (*Policy, error) { return LoadPolicy(defaultPolicy) }

// LoadPolicy reads a policy: one JSON object, no unknown members. It reports
// everything that is below the floor or cannot be meant.
func LoadPolicy(raw []byte) (*Policy, error) {
	var data policyData
	if err := decodeOne(raw, &data); err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	if err := errors.Join(data.problems()...); err != nil {
		return nil, fmt.Errorf("checking the policy: %w", err)
	}
	canonical, err := json.Marshal(data)
	if err != nil {
		return nil, fmt.Errorf("digesting the policy: %w", err)
	}
	sum := sha256.Sum256(canonical)
	return &Policy{data: data, digest: hex.EncodeToString(sum[:])}, nil
}

// Digest is the SHA-256 of the policy's content, 64 hex digits; white space of
// its file does not matter.
func (p *Policy) Digest() string { return p.digest }

// Steps returns the checks of a route in order, false where the policy has none.
func (p *Policy) Steps(r Route) ([]PolicyStep, bool) {
	for _, rule := range p.data.Routes {
		if rule.serves(r) {
			return slices.Clone(rule.Steps), true
		}
	}
	return nil, false
}

func (r policyRule) serves(route Route) bool {
	return slices.Contains(r.Purposes, route.Purpose) &&
		slices.Contains(r.Documents, route.Document) &&
		slices.Contains(r.Channels, route.Channel)
}

// decodeOne reads exactly one JSON value without unknown members.
func decodeOne(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
