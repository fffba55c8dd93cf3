package verification

import (
	"time"

	"renzheng/verification/notice"
)

// ConsentLife is how old a consent may be when it is used (R34).
const ConsentLife = 24 * time.Hour

// Consent records that an account accepted a notice.
type Consent struct {
	ID         string // "con_…"
	AccountID  string
	SessionID  string
	SubjectID  string // "" until attached by a passed face
	Kind       notice.Kind
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
