package bff

import (
	"time"

	"renzheng/identity"
)

// circumstances is what one case of a failure adds to its entry in the catalogue.
type circumstances struct {
	language  string
	channel   string                // "" without a session
	document  identity.DocumentType // "" if unknown
	note      identity.Text         // the operator's words; zero if there are none
	slipCode  string                // "" in the catalogue, where nobody has failed
	notBefore time.Time             // when the next try is possible; zero if that does not matter
}

// circumstances returns those of the caller.
func (c *call) circumstances(notBefore time.Time) circumstances {
	return circumstances{
		language: c.language, channel: string(c.session.Account.Channel), slipCode: c.slipCode(), notBefore: notBefore,
	}
}
