package alipaytest

import (
	"crypto/rsa"
	"time"
)

// Options say whom the gateway knows. AppID, AppKey and Clock are required.
type Options struct {
	AppID  string         // the one application that it knows
	AppKey *rsa.PublicKey // of the application
	Clock  func() time.Time

	Key          *rsa.PrivateKey // the gateway's own; nil = a fresh one
	Certificates *Certificates   // nil = key mode

	// Both functions are called under the gateway's lock: they must not call it.

	// Persons finds the account of an open_id. nil = there is none.
	Persons func(openID string) (Person, bool)
	// Fate says how the checks of a name and number end. nil = all pass.
	Fate func(name, number string) Fate
}

// Person is an account and what the platform knows of its owner.
type Person struct {
	OpenID     string
	UserID     string // "" = the platform gives open_id only, as for new applications
	UserIDOnly bool   // the platform gives user_id only, as for old applications

	Name      string
	Number    string
	Certified bool
	UserType  string // "" = "2", a person; "1" = a company
	CertType  string // "" = "0", a resident ID; "1" = a passport, …

	FieldsDenied  bool // the application may not read the owner at all
	FieldsMissing bool // the application may, but not name, number and type
}

// Outcome is how one check ends.
type Outcome string

// The outcomes.
const (
	Passes        Outcome = "passes"
	FaceDiffers   Outcome = "face_differs"
	NoPhoto       Outcome = "no_photo" // nothing on record to compare with
	PoorLight     Outcome = "poor_light"
	NotAlive      Outcome = "not_alive"
	IdentityWrong Outcome = "identity_wrong" // name and number do not belong together
	NoCamera      Outcome = "no_camera"
	NetworkLost   Outcome = "network_lost"
)

// reason gives the fail_reason of an outcome, "" for a pass.
func (o Outcome) reason() string {
	switch o {
	case Passes:
		return ""
	case FaceDiffers:
		return "Z5128"
	case NoPhoto:
		return "203"
	case PoorLight:
		return "Z1005"
	case NotAlive:
		return "Z1013"
	case IdentityWrong:
		return "201"
	case NoCamera:
		return "Z1019"
	case NetworkLost:
		return "Z1012"
	}
	return string(o) // a test's own reason
}

// Fate is how the checks of a person end, one after the other.
type Fate struct {
	Tries         []Outcome // of the first, second … face shown; the last one repeats; none = all pass
	SilentQueries int       // so many queries after each decision get no answer
	NoPicture     bool      // a pass comes without the captured picture
}

func (f Fate) at(try int) Outcome {
	if len(f.Tries) == 0 {
		return Passes
	}
	return f.Tries[min(try, len(f.Tries)-1)]
}
