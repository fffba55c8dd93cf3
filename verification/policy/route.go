package policy

import (
	"renzheng/identity"
)

// Route is what the checks of a policy depend on.
type Route struct {
	Purpose  Purpose
	Document identity.DocumentType
	Channel  string
}

// Purpose is what a verification is for.
type Purpose string

// The purposes: to see one's todos, to answer one of them, and to lift the freeze of
// one's own number.
const (
	Access  Purpose = "access"
	Confirm Purpose = "confirm"
	Lift    Purpose = "lift"
)

// Route returns the purpose whose routes serve p. To lift a freeze takes what access
// takes, which no policy can weaken: a policy has no routes of its own for it.
func (p Purpose) Route() Purpose {
	if p == Lift {
		return Access
	}
	return p
}
