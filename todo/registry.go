package todo

import "context"

// Registry is an upstream system as the operator configured it. What a person
// sees of it comes from here, never from what it sends (R18).
type Registry struct {
	ID   string // [a-z0-9-]{1,32}
	Name string // shown to the person and sealed into content

	RetentionDays int // from the last answer of a case until its content is erased; 0 = the operator's period

	Progress bool // it follows the progress of its signers: EventViewed, EventVerified
}

// Registries looks a registry up by id.
type Registries interface {
	Registry(id string) (Registry, bool)
}

// Deliverer pushes one event to its registry (R24, R26). A nil error means the
// registry acknowledged it. DeliveryError carries a safe reason.
type Deliverer interface {
	Deliver(ctx context.Context, e Event) error
}

// DeliveryError is why a push was not acknowledged, in safe words.
type DeliveryError struct {
	Reason string // e.g. "status 503", "address_refused", "timeout"
}

// Error returns the reason; it holds no text of the other side.
func (d *DeliveryError) Error() string { return "delivery rejected: " + d.Reason }

// RequestError is why a registry's signed request is not believed (R25).
type RequestError struct {
	Code  string // public
	Rule  string // with SignatureInvalid: which rule is broken; public
	KeyID string // of the key, if it is a configured one; for the log
	Base  string // what should have been signed; only in a sandbox, because it repeats the request
}

// The codes of a RequestError.
const (
	SignatureMissing = "signature_missing"
	SignatureInvalid = "signature_invalid"
	SignatureStale   = "signature_stale"  // created more than 300 s ago, or before the database was restored
	SignatureFuture  = "signature_future" // created more than 60 s ahead
	SignatureReplay  = "signature_replayed"
	KeyUnknown       = "signature_key_unknown"
	KeyExpired       = "signature_key_expired" // the registry's key has ended by the operator's file
	DigestMismatch   = "digest_mismatch"
)

// The rules of SignatureInvalid. All but the last are about the form of the request,
// which its sender knows, so that they help no forger.
const (
	RuleSignatureFields     = "signature_fields"     // Signature-Input and Signature are not one line each with the member sig1 alone
	RuleSignatureComponents = "signature_components" // a required component is not signed, or one that must not be
	RuleSignatureParameters = "signature_parameters" // created, keyid or nonce is missing or malformed, or a parameter is unknown
	RuleSignatureAlgorithm  = "signature_algorithm"  // alg is not that of the key
	RuleSignatureMismatch   = "signature_mismatch"   // the key did not sign this request
)

// Error returns the code and the rule.
func (r *RequestError) Error() string {
	if r.Rule != "" {
		return "request rejected: " + r.Code + ", " + r.Rule
	}
	return "request rejected: " + r.Code
}
