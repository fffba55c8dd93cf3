package appeal

import (
	"time"

	"renzheng/identity"
	"renzheng/material"
)

// State is how far an appeal is.
type State string

// The states.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Question  State = "question" // a reviewer waits for an answer of the person
	Proposed  State = "proposed" // one reviewer has decided, another one has to agree
	Decided   State = "decided"
	Withdrawn State = "withdrawn"
)

// Appeal is a request to decide a failure again.
type Appeal struct {
	ID             string // "apl_…"
	AccountID      string
	SubjectID      string // of the verification; "" without one
	VerificationID string // "" for a failure that ended one before it began
	Failure        string // code of the catalogue
	Seen           bool   // the verification is known to have this failure; false if only the client reported it
	State          State
	Form           Form
	CreatedAt      time.Time
	SubmittedAt    time.Time // zero before
	DueAt          time.Time // by when it is to be decided; zero before it is submitted
	ReadAt         time.Time // by a reviewer, the last time; zero before
	DecidedAt      time.Time // zero before
	Decision       Decision  // of a decided appeal, and for reviewers of a proposed one
	Version        int64     // grows with every step and with every change of what it contains

	DocumentType     identity.DocumentType // of the verification; "" without one, or if it is gone
	ReadingConsentID string                // of the consent to the reading of photos; "" if it is absent or was withdrawn
	ReadingAgreedAt  time.Time             // when it was given; zero likewise
	Typed            identity.Document     // for the verification, as reviewers compare it with photos; zero for everybody else, and if it is gone. Personal

	Messages   []Message
	Materials  []Material
	Returned   identity.Secret // why the last proposal was sent back, for reviewers; zero for everybody else, and if none was. Personal
	ReturnedAt time.Time       // when it was; zero likewise
}

// Form is what a person writes. All of it is personal.
type Form struct {
	Contact identity.Secret // how to reach the person
	Device  identity.Secret // model of the phone
	App     identity.Secret // version of the app
	Text    identity.Secret // what happened
}

// Message is a question of a reviewer or the answer of the person.
type Message struct {
	FromStaff bool
	Text      identity.Secret // personal
	At        time.Time
}

// Outcome is how an appeal was decided.
type Outcome string

// The outcomes.
const (
	LimitLifted   Outcome = "limit_lifted"   // the account may verify again today
	TriesReopened Outcome = "tries_reopened" // the person has all tries again
	ToWindow      Outcome = "window"         // the service window decides by the original document
	Stands        Outcome = "stands"
)

// Outcomes returns all outcomes.
func Outcomes() []Outcome { return []Outcome{LimitLifted, TriesReopened, ToWindow, Stands} }

// Decision is an outcome with its reason and legal ground, both in the reviewer's words for the person to read.
type Decision struct {
	Outcome Outcome
	Reason  identity.Secret // personal
	Ground  identity.Secret
}

// MaterialState is how far an upload is.
type MaterialState string

// The states of a material.
const (
	Uploading MaterialState = "uploading"
	Checking  MaterialState = "checking" // a call of Complete makes a clean copy; nobody else may change it
	Ready     MaterialState = "ready"
	Rejected  MaterialState = "rejected"
)

func (s MaterialState) done() bool { return s != Uploading && s != Checking }

// Material is one picture or video of an appeal.
type Material struct {
	ID        string // "mat_…"
	AppealID  string
	Item      string // of the checklist
	Kind      material.Kind
	State     MaterialState
	Reason    material.Reason // of a rejected one
	Bytes     int64           // of the file that is sent; of a ready one those of the clean copy
	Parts     int             // into which it is divided
	Received  []int           // the parts that have arrived, in order, while it is uploading or checking
	CopyID    string          // of the clean copy; of one that is checking also the claim of the call
	Info      material.Info   // of a ready one
	Reading   PhotoReading    // of a photo of a document; zero where the appeal is read without its words
	CreatedAt time.Time
}

// PartBytes is the size of every part but the last. It is a multiple of three, so that clients can cut the base64 of a file.
const PartBytes = 384 << 10

func partsOf(size int64) int { return int((size + PartBytes - 1) / PartBytes) }
