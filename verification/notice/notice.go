package notice

import (
	"renzheng/identity"
	"renzheng/verification/policy"
)

// Notice is one text in one language, as it is shown.
type Notice struct {
	ID        string
	Version   string
	Kind      Kind
	Language  string
	Title     string
	Statement string // the sentence next to the check box
	Parts     Parts  // what the law requires
	Hash      string // SHA-256 of all of the above, 64 hex digits
}

// Parts are the parts that the law requires (R34; PIPL art. 17, 30). None may be
// empty.
type Parts struct {
	Who            string `json:"who"`
	Purpose        string `json:"purpose"`
	Method         string `json:"method"`
	Kinds          string `json:"kinds"` // of personal information
	Recipients     string `json:"recipients"`
	Retention      string `json:"retention"`
	Rights         string `json:"rights"`
	WayWithoutFace string `json:"way_without_face"`
	Withdrawal     string `json:"withdrawal"` // how, and what it ends
}

// Query is the query for the notices of one flow. Zero values mean the flow with the
// most checks: access with a resident ID.
type Query struct {
	Channel      string
	DocumentType identity.DocumentType
	Purpose      policy.Purpose
	Language     string
}

// Ref identifies a notice as it was shown.
type Ref struct {
	ID      string
	Version string
	Hash    string
}
