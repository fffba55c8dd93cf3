package receipt

import "time"

// Version is the version of the statement that this package writes and reads.
const Version = 1

// Environment says whether a receipt counts.
type Environment string

// The environments. Receipts of a sandbox prove nothing.
const (
	Production Environment = "production"
	Sandbox    Environment = "sandbox"
)

// Decision is the answer.
type Decision string

// The decisions.
const (
	Confirmed    Decision = "confirmed"
	Declined     Decision = "refused"
	DoneAtWindow Decision = "done_at_window"
)

// Party is who states something.
type Party string

// The parties.
const (
	Person    Party = "person"
	Registry  Party = "registry"  // states that a signer was served at its window
	Authority Party = "authority" // states what the person answered at a window of ours
)

// Statement is what a receipt states: that a person, or a registry or the authority for that person, answered one todo
// revision.
//
// Shape: ids, codes and names of providers are 1 to 128 of letters, digits and ._:-; digests 43 to 128 of these; times
// are UTC. Absent members are left out of the JSON. Secrecy: public once handed out; it has no member for personal data.
type Statement struct {
	Version        int         `json:"version"`
	Issuer         string      `json:"issuer"` // visible ASCII, up to 256; a sandbox has its own
	Environment    Environment `json:"environment"`
	ConfirmationID string      `json:"confirmation_id"`
	StatementBy    Party       `json:"statement_by"`

	Decision   Decision `json:"decision"`
	Reason     string   `json:"reason,omitempty"` // code; when declined only
	RegistryID string   `json:"registry_id"`
	TodoID     string   `json:"todo_id"`
	Revision   int64    `json:"revision"`            // from 1, below 2^53
	RoleCode   string   `json:"role_code,omitempty"` // in which role the signer answered

	IssuedAt       time.Time `json:"issued_at"`
	AnsweredAt     time.Time `json:"answered_at"`
	ContentShownAt time.Time `json:"content_shown_at,omitzero"` // absent only at the window
	FacePassedAt   time.Time `json:"face_passed_at,omitzero"`   // present when confirmed

	ContentDigest Commitment `json:"content_digest"` // DomainContent
	Signer        Commitment `json:"signer"`         // DomainSigner
	Case          Commitment `json:"case"`           // DomainCase
	Portrait      Commitment `json:"portrait"`       // DomainPortrait, or None
	Handwriting   Commitment `json:"handwriting"`    // DomainHandwriting, or None; a commitment when confirmed, or signed on a pad at a window
	Scan          Commitment `json:"scan,omitempty"` // DomainScan; absent unless a paper that was signed at a window was scanned

	Access       *Access       `json:"access,omitempty"`       // absent only at the window
	Verification *Verification `json:"verification,omitempty"` // present when confirmed only
	Window       *Window       `json:"window,omitempty"`       // present when the authority states it
	Consents     []Consent     `json:"consents,omitempty"`     // at most 16
}

// The manners in which a person answers at a window.
const (
	SignedPaper = "signed_paper"
	SignedPad   = "signed_pad" // the statement has a handwriting
	ReadOut     = "read_out"   // to a person who cannot write, before a witness
)

// Window is the service of the person at a window of the authority: two members verified the original document.
type Window struct {
	Office      string `json:"office"`
	VisitID     string `json:"visit_id"`
	LedgerEntry string `json:"ledger_entry"` // id of the entry of this answer in the authority's ledger
	Manner      string `json:"manner"`       // [SignedPaper], [SignedPad] or [ReadOut]
}

// Access is the access verification by which the person proved who they are before they saw the content. For a
// resident ID it has a face and a bank card.
type Access struct {
	Verification

	AcceptedAt time.Time `json:"accepted_at"` // when the person said "this is me"
}

// Verification is one run of checks. As the member of a statement it is the confirm verification: the second face,
// bound to the content.
type Verification struct {
	ID           string  `json:"id"`
	PolicyDigest string  `json:"policy_digest"`
	Checks       []Check `json:"checks"` // 1 to 16
}

// Check is one passed check.
type Check struct {
	Kind        string    `json:"kind"`     // "face", "bank_card", "document" …
	Provider    string    `json:"provider"` // "alipay", "tencentcloud", "agency" …
	Level       string    `json:"level"`    // the provider's name of its product
	AttemptID   string    `json:"attempt_id"`
	PassedAt    time.Time `json:"passed_at"`
	CountedFrom string    `json:"counted_from,omitempty"` // earlier attempt that counts again in this verification
}

// Consent is the acceptance of one notice.
type Consent struct {
	Kind       string    `json:"kind"`
	NoticeHash string    `json:"notice_hash"`
	AcceptedAt time.Time `json:"accepted_at"`
}
