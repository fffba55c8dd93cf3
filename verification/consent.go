package verification

import (
	"time"

	"renzheng/verification/notice"
)

// ConsentLife is how old a consent may be when it is used (R34).
const ConsentLife = 24 * time.Hour

// RememberFor is how long a document is remembered after the person agreed to it.
const RememberFor = 180 * 24 * time.Hour

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

// ValidUntil returns when the consent expires.
func (c Consent) ValidUntil() time.Time {
	if c.Kind == notice.Remember {
		return c.AcceptedAt.Add(RememberFor)
	}
	return c.AcceptedAt.Add(ConsentLife)
}

// Withdrawn counts what a withdrawal ended.
type Withdrawn struct {
	Verifications int
	Grants        int
}
