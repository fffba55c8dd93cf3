package wechattest

import (
	"strconv"
	"time"
)

// Options say whom the server knows. Apps and Clock are required.
type Options struct {
	Apps      []App // mini-programs and service accounts
	Templates []string
	Clock     func() time.Time

	// Both functions are called under the server's lock: they must not call it.

	// Persons finds the account of an openid. nil = there is none.
	Persons func(openID string) (Person, bool)
	// Fate says how the checks of a name and number end. nil = all pass.
	Fate func(name, number string) Fate
}

// App is an application and its secret.
type App struct{ ID, Secret string }

// Person is an account. One human has an openid of its own in every application.
type Person struct {
	AppID   string // whose openid it is
	OpenID  string
	Phone   string // without the country's code; "" = none is bound
	Country string // "" = "86"
	Blocked bool   // WeChat takes the account for a risk
}

// Outcome is how one check ends: a name, or a verify_ret of a test's own.
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

const (
	retPassed    = 10000
	retCancelled = 90004
)

// ret gives the verify_ret of an outcome.
func (o Outcome) ret() int {
	switch o {
	case Passes:
		return retPassed
	case FaceDiffers:
		return 10004
	case NoPhoto:
		return 10009
	case PoorLight:
		return 10005
	case NotAlive:
		return 10027
	case IdentityWrong:
		return 10003
	case NoCamera:
		return 90008
	case NetworkLost:
		return 90007
	}
	own, err := strconv.Atoi(string(o))
	if err != nil {
		return 10004
	}
	return own
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
