package verification

import "time"

// ConsentKind is what a person agrees to; each is asked for on its own (R34,
// PIPL art. 14, 23, 29).
type ConsentKind string

// The kinds.
const (
	ConsentRules    ConsentKind = "rules"     // 个人信息处理规则
	ConsentFace     ConsentKind = "face"      // use of the face
	ConsentBankCard ConsentKind = "bank_card" // use of bank-card data
	ConsentDocument ConsentKind = "document"  // comparing the document with a data source or its authority
	ConsentHandover ConsentKind = "handover"  // hand-over of the answer to the registry
)

// ConsentLife is how old a consent may be when it is used (R34).
const ConsentLife = 24 * time.Hour

// Consent records that an account accepted a notice.
type Consent struct {
	ID         string // "con_…"
	AccountID  string
	SessionID  string
	SubjectID  string // "" until attached by a passed face
	Kind       ConsentKind
	NoticeID   string
	Version    string
	NoticeHash string // of the text that was shown, in the language it was shown in
	AcceptedAt time.Time
}

// isFor reports whether a verification may rest on the consent. An account may
// have sessions of several persons at once. So a consent that is not attached yet
// is only for the session that accepted it; an attached one is for its subject,
// in every session of the account.
func (c Consent) isFor(v Verification) bool {
	if c.SubjectID == "" {
		return c.SessionID == v.SessionID
	}
	return c.SubjectID == v.SubjectID
}

// Withdrawn counts what a withdrawal ended.
type Withdrawn struct {
	Verifications int
	Grants        int
}
