package policy

import (
	"renzheng/identity"
)

// Route is what the policy decides by.
type Route struct {
	Purpose  Purpose
	Document identity.DocumentType
	Channel  string
}

// Purpose says what a verification is for.
type Purpose string

// The purposes: to see one's todos, and to answer one of them.
const (
	Access  Purpose = "access"
	Confirm Purpose = "confirm"
)
