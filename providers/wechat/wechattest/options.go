package wechattest

import (
	"strconv"
	"time"

	"renzheng/providers/fakes"
)

// Options say whom the server knows. Apps and Clock are required.
type Options struct {
	Apps      []App // mini-programs and service accounts
	Templates []string
	Clock     func() time.Time

	// These functions are called under the server's lock: they must not call it.

	// Persons finds the account of an openid. nil = nobody has an account.
	Persons func(openID string) (Person, bool)
	// Adopter returns the account to which a code belongs that the server did not issue, "" = to nobody. nil = to nobody.
	Adopter func() (openID string)
	// Fate says how the checks of a name and number end. nil = all pass.
	Fate func(name, number string) fakes.FaceFate
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

const (
	retPassed    = 10000
	retCancelled = 90004
)

// retOf returns the verify_ret of an outcome.
func retOf(o fakes.Outcome) int {
	switch o {
	case fakes.Passes:
		return retPassed
	case fakes.FaceDiffers:
		return 10004
	case fakes.NoPhoto:
		return 10009
	case fakes.PoorLight:
		return 10005
	case fakes.NotAlive:
		return 10027
	case fakes.IdentityWrong:
		return 10003
	case fakes.NoCamera:
		return 90008
	case fakes.NetworkLost:
		return 90007
	}
	own, err := strconv.Atoi(string(o))
	if err != nil {
		return 10004
	}
	return own
}
