package agencytest

import (
	"time"

	"renzheng/providers/fakes"
)

// Call is one of the contract's calls.
type Call string

// The calls.
const (
	DocumentCheck Call = "document-check"
	FaceStart     Call = "face-start"
	FaceQuery     Call = "face-query"
)

// Person is whom a call is about, in plain text: they are made up.
type Person struct {
	Type, Number, Name    string
	ValidFrom, ValidUntil string // 2006-01-02; "" = not given
	LongTerm              bool
	Nationality           string
	BirthDate             string
}

// Fate is what happens to a call. The zero value passes.
type Fate struct {
	Document string // result of the check: "mismatch", "no_record", "unavailable" …; "" = "match"
	Reason   string // why the right face does not pass: "no_photo", "face_quality" …; "" = it passes
	Refusal  string // a code that is signed over status 422: nothing is done
	Breach   Breach
	Delay    time.Duration // before the answer
	Delivery fakes.Delivery
	Faceless bool // no portrait with a pass
}

// Breach is one way to break the contract in an answer.
type Breach string

// The breaches. Whatever the answer says, none of them may be believed.
const (
	Kept         Breach = ""               // the contract is kept
	Unsigned     Breach = "unsigned"       // no signature
	WrongKey     Breach = "wrong key"      // signed by another key under the right id
	UnknownKey   Breach = "unknown key"    // under an id that nobody knows
	Late         Breach = "late"           // created two minutes ago
	Early        Breach = "early"          // created in two minutes
	Replayed     Breach = "replayed"       // the answer to the last request of this call, once more
	OtherNonce   Breach = "other nonce"    // signed, with another nonce
	Unbound      Breach = "unbound"        // signed without the request's signature
	Undigested   Breach = "undigested"     // signed without the digest
	Altered      Breach = "altered"        // the body changed after signing
	StatusDiffer Breach = "status differs" // signed for another status
	TwoSignings  Breach = "two signatures" // a second sig1 before the right one
	OtherAttempt Breach = "other attempt"  // about another attempt
	Lifeless     Breach = "lifeless"       // a pass without a word on liveness
	Spoof        Breach = "spoof"          // a pass with liveness failed
	OtherPerson  Breach = "other person"   // a pass for another document
	OtherAccount Breach = "other account"  // a pass for another account
	OtherPage    Breach = "other page"     // a face page on another host
)
