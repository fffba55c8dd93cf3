package photo

import (
	"fmt"
	"log/slog"
	"slices"

	"renzheng/identity"
)

// Side is one side of a resident ID.
type Side string

// The sides.
const (
	Front Side = "front" // with the portrait: name and number
	Back  Side = "back"  // with the national emblem: issuer and validity
)

// Fault is why nothing was read. Another photo helps.
type Fault string

// The faults.
const (
	NoDocument   Fault = "no_document"   // no resident ID in the picture
	WrongSide    Fault = "wrong_side"    // the other side
	TooSmall     Fault = "too_small"     // too few pixels, or the document fills too little of the picture
	TooBlurred   Fault = "too_blurred"   //
	SeveralCards Fault = "several_cards" //
	Unreadable   Fault = "unreadable"    // none of the above: name or number cannot be read
)

// Faults returns all faults.
func Faults() []Fault {
	return []Fault{NoDocument, WrongSide, TooSmall, TooBlurred, SeveralCards, Unreadable}
}

// Warning is something about a photo that was read.
type Warning string

// The warnings.
const (
	Copy        Warning = "copy"         // of a copy on paper
	Reshot      Warning = "reshot"       // of a screen, or of another photo
	Forged      Warning = "forged"       // traces of editing
	Temporary   Warning = "temporary"    // a temporary resident ID
	Expired     Warning = "expired"      // the validity is over
	NoValidity  Warning = "no_validity"  // the validity is not one that resident IDs have
	Incomplete  Warning = "incomplete"   // an edge is missing
	Covered     Warning = "covered"      // something is in front of it
	Glare       Warning = "glare"        //
	Blurred     Warning = "blurred"      //
	OtherReason Warning = "other_reason" // one that the recognizer has, and these words do not
)

// Warnings returns all warnings.
func Warnings() []Warning {
	return []Warning{Copy, Reshot, Forged, Temporary, Expired, NoValidity, Incomplete, Covered, Glare, Blurred, OtherReason}
}

// Reading is what a recognizer read on one side. Its values are as printed or misread, and unchecked. Secrecy: personal.
type Reading struct {
	Side      Side
	Fault     Fault // "" if something was read; then there are values
	Name      identity.Secret
	Number    identity.Secret
	Issuer    identity.Secret
	From      identity.Date // zero: not read
	Until     identity.Date // zero: not read, or LongTerm
	LongTerm  bool
	Warnings  []Warning // each once, in the order of Warnings
	RequestID string    // the recognizer's, for its support
}

var (
	_ fmt.Formatter  = Reading{}
	_ slog.LogValuer = Reading{}
)

// String returns what was found, and no value.
func (r Reading) String() string {
	return fmt.Sprintf("reading of the %s: fault %q, warnings %v", r.Side, r.Fault, r.Warnings)
}

// Format writes String whatever the verb.
func (r Reading) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, r.String()) }

// LogValue returns String.
func (r Reading) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalText returns String. encoding/json uses it too.
func (r Reading) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// maxRunes is the longest text that a document has. Issuers have up to 30 characters, names of minorities up to 50.
const maxRunes = 100

// plain returns the reading if it can be stored and shown: a text that is too long or not plain makes it Unreadable, and a validity
// that ends before it begins has the warning NoValidity. A fault has no values.
func (r Reading) plain() Reading {
	for _, text := range []identity.Secret{r.Name, r.Number, r.Issuer} {
		if raw := text.Reveal(); r.Fault == "" && raw != "" && identity.PlainText(raw, maxRunes) != nil {
			r.Fault = Unreadable
		}
	}
	if r.Fault != "" {
		return Reading{Side: r.Side, Fault: r.Fault, RequestID: r.RequestID}
	}
	if !r.Until.IsZero() && r.Until.Before(r.From) {
		return r.Warned(NoValidity)
	}
	return r
}

// On returns the reading with the warning Expired if its validity is over on a day.
func (r Reading) On(day identity.Date) Reading {
	if !r.LongTerm && !r.Until.IsZero() && r.Until.Before(day) {
		return r.Warned(Expired)
	}
	return r
}

// Warned returns the reading with further warnings.
func (r Reading) Warned(more ...Warning) Reading {
	all := slices.Concat(r.Warnings, more)
	r.Warnings = slices.DeleteFunc(Warnings(), func(w Warning) bool { return !slices.Contains(all, w) })
	return r
}
