package alipaytest

import (
	"crypto/rsa"
	"time"

	"renzheng/providers/fakes"
)

// Options say whom the gateway knows. AppID, AppKey and Clock are required.
type Options struct {
	AppID  string         // the one application that it knows
	AppKey *rsa.PublicKey // of the application
	Clock  func() time.Time

	Key          *rsa.PrivateKey // the gateway's own; nil = a fresh one
	Certificates *Certificates   // nil = key mode
	Templates    map[string]int  // of subscription messages: how many keywords each has, by its id

	// These functions are called under the gateway's lock: they must not call it.

	// Persons finds the account of an open_id. nil = nobody has an account.
	Persons func(openID string) (Person, bool)
	// Adopter returns the account to which a code belongs that the gateway did not issue, "" = to nobody. nil = to nobody.
	Adopter func() (openID string)
	// Fate says how the checks of a name and number end. nil = all pass.
	Fate func(name, number string) fakes.FaceFate
}

// Person is an account and what the platform knows of its owner.
type Person struct {
	OpenID     string
	UserID     string // "" = the platform returns open_id only, as for new applications
	UserIDOnly bool   // the platform returns user_id only, as for old applications

	Name      string
	Number    string
	Certified bool
	UserType  string // "" = "2", a person; "1" = a company
	CertType  string // "" = "0", a resident ID; "1" = a passport, …

	FieldsDenied  bool // the application may not read the owner at all
	FieldsMissing bool // the application may, but not name, number and type
}

// reasonOf returns the fail_reason of an outcome, "" for a pass.
func reasonOf(o fakes.Outcome) string {
	switch o {
	case fakes.Passes:
		return ""
	case fakes.FaceDiffers:
		return "Z5128"
	case fakes.NoPhoto:
		return "203"
	case fakes.PoorLight:
		return "Z1005"
	case fakes.NotAlive:
		return "Z1013"
	case fakes.IdentityWrong:
		return "201"
	case fakes.NoCamera:
		return "Z1019"
	case fakes.NetworkLost:
		return "Z1012"
	}
	return string(o) // a test's own reason
}
