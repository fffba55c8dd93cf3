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

// The purposes: to see one's todos, and to answer one of them.
const (
	Access  Purpose = "access"
	Confirm Purpose = "confirm"
)
