package verification

import (
	"renzheng/identity"
	"renzheng/verification/policy"
)

// Notice is one text in one language, as it is shown.
type Notice struct {
	ID        string
	Version   string
	Kind      ConsentKind
	Language  string
	Title     string
	Statement string      // the sentence beside the tick box
	Parts     NoticeParts // what the law asks to be told
	Hash      string      // SHA-256 of all of the above, 64 hex digits
}

// NoticeParts are the parts that the law asks for (R34; PIPL art. 17, 30).
// None may be empty.
type NoticeParts struct {
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

// NoticeQuery asks for the notices of one flow. Zero values mean the most
// demanding flow: access with a resident ID.
type NoticeQuery struct {
	Channel      string
	DocumentType identity.DocumentType
	Purpose      policy.Purpose
	Language     string
}

// NoticeRef names a notice as it was shown.
type NoticeRef struct {
	ID      string
	Version string
	Hash    string
}
